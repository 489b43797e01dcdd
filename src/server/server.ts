import type { FastifyInstance } from "fastify";

import type { Config } from "../config/index.js";
import { explainListenError } from "../config/index.js";
import { errorCodeNames } from "../graphql/index.js";
import { Live } from "../live/index.js";
import type { LiveTimes, SharedChanges } from "../live/index.js";
import type { Logger, Metrics } from "../observability/index.js";
import { createMetrics, reportingTo } from "../observability/index.js";
import { singleCopy } from "../shared-state/index.js";
import type { Upstream } from "../upstream/index.js";
import { Admission } from "./admission.js";
import { createApollo, documentRules } from "./apollo.js";
import { createApp } from "./app.js";
import type { SharedQueryTexts } from "./bounded-stores.js";
import { CallerRates } from "./caller-rates.js";
import type { SharedCounts } from "./caller-rates.js";
import { Connections } from "./connections.js";
import { createDocuments } from "./documents/index.js";
import { Drain, registerDrain } from "./drain.js";
import { explorerPreset } from "./explorer/index.js";
import type { ExplorerPreset } from "./explorer/index.js";
import type { ExtensionHost, ServerExtension } from "./extension.js";
import { InFlight } from "./in-flight.js";
import { RequestBodies } from "./request-bodies.js";
import { scopesWith } from "./request-scope.js";
import {
  explorerPath,
  graphqlPath,
  registerExplorer,
  registerGraphql,
  registerHealth,
  registerHome,
  registerMetrics,
} from "./routes/index.js";
import type { HomeLink, Readiness } from "./routes/index.js";
import { shutDown } from "./shutdown.js";
import { createSubscriptions } from "./subscriptions/index.js";
import type { StreamTimes } from "./subscriptions/index.js";
import { auditingTo } from "./write-audit.js";
import { WorkInFlight } from "./work-in-flight.js";

/** The least time between two polls for subscriptions where writes ask for them, in milliseconds. */
const pollGapMs = 100;

/** A listening server. */
export interface RunningServer {
  /** The URL of GraphQL: `http://host:port/graphql`. */
  readonly url: string;
  /** Takes no new requests, lets those in flight finish within a time limit, then closes everything. */
  stop(): Promise<void>;
}

/** The parts that a server is started with. */
export interface ServerOptions {
  readonly config: Config;
  readonly logger: Logger;
  /** Not closed by the server: the caller closes it once the server has stopped. */
  readonly upstream: Upstream;
  /** @default new metrics, without the upstream's calls */
  readonly metrics?: Metrics;
  /**
   * Whether a circuit of the upstream is open, which `/readyz` reports if the configuration says so.
   * @default never
   */
  readonly isCircuitOpen?: () => boolean;
  /**
   * The operation, variables and headers that explorers show first.
   * @default a query with placeholders for the account and the token
   */
  readonly preset?: ExplorerPreset;
  /** What of the times of polls cannot be configured, or not as low. */
  readonly liveTimes?: Partial<LiveTimes>;
  /** @default none */
  readonly extensions?: readonly ServerExtension[];
  /**
   * How streams of subscriptions are kept alive.
   * @default for production
   */
  readonly streamTimes?: Partial<StreamTimes>;
  /**
   * How other copies of the gateway are told of writes, persisted queries and callers' operations, and tell of theirs.
   * @default there are none
   */
  readonly sharedState?: SharedChanges & SharedQueryTexts & SharedCounts;
}

/** Starts a server of GraphQL over an upstream. */
export async function startServer({
  config,
  logger,
  upstream,
  metrics = createMetrics(),
  isCircuitOpen,
  preset = explorerPreset(),
  liveTimes,
  extensions = [],
  streamTimes,
  sharedState = singleCopy,
}: ServerOptions): Promise<RunningServer> {
  metrics.operations.declareErrors(errorCodeNames);
  const rules = documentRules(config);
  const prepareReport = reportingTo(logger, metrics);
  const documents = createDocuments({ config, logger, prepareReport, sharedState, rules });
  const drain = new Drain();
  const live = new Live(upstream, {
    times: {
      intervalMs: config.live.intervalMs,
      wakeGapMs: pollGapMs,
      timeoutMs: config.upstreamTimeoutMs,
      ...liveTimes,
    },
    limits: config.live,
    observer: metrics.live,
    sharedChanges: sharedState,
  });
  const work = new WorkInFlight(config.upstreamTimeoutMs);
  const services = { upstream, live, writeObserver: auditingTo(logger, metrics) };
  const { httpLimits, queryLimits } = config;
  const connections = new Connections(httpLimits, metrics.http);
  const bodies = new RequestBodies(httpLimits, connections, metrics.http);
  const { maxOperationsPerMinute: perMinute } = httpLimits;
  const admission = new Admission(
    new InFlight(httpLimits, connections, metrics.http),
    perMinute === undefined
      ? undefined
      : new CallerRates({ perMinute, shared: sharedState, now: upstream.now }),
    metrics.http,
  );
  const host: ExtensionHost = {
    path: graphqlPath,
    prepareReport,
    isDraining: () => drain.isDraining,
    scopeOf: scopesWith({ config, services, work, admission }),
    documentText: (asked) => documents.textOf(asked),
    readBody: (request, stream, take) => {
      bodies.read(request, stream, take);
    },
  };
  const plugins = extensions.flatMap((extension) => extension.plugins(host));
  const apollo = createApollo({
    ...{ config, logger, preset, plugins, prepareReport, rules },
    queryTexts: documents.queryTexts,
  });
  await apollo.start();
  const app = await createApp(config, logger, {
    wrap: (listener) => extensions.reduce((inner, extension) => extension.wrap(inner, host), listener),
    connections,
    bodies,
  });
  registerDrain(app, drain);
  registerHealth(app, () => readinessOf(config, drain, isCircuitOpen));
  registerMetrics(app, metrics);
  const subscriptions = createSubscriptions({
    ...{ config, services, work, apollo, logger, metrics, connections, admission, documents },
    scopeOf: host.scopeOf,
    path: graphqlPath,
    times: streamTimes,
  });
  const { http: streams, open } = subscriptions;
  registerGraphql(app, { apollo, documents, queryLimits, scopeOf: host.scopeOf, extensions, streams });
  subscriptions.follow(app.server);
  const hasExplorer = registerExplorer(app, config, preset);
  registerHome(app, homeLinks(config, hasExplorer));
  const listens = app.listen({ host: config.host, port: config.port });
  await explainListenError(listens, { host: "HOST", port: "PORT" });
  const url = `${originOf(app)}${graphqlPath}`;
  logger.info({ url }, `serving GraphQL at ${url}`);
  return {
    url,
    stop: async () => {
      await shutDown({ app, drain, work, connections, streams: open }, logger, config.shutdown);
      await apollo.stop();
    },
  };
}

function readinessOf(config: Config, drain: Drain, isCircuitOpen?: () => boolean): Readiness {
  if (drain.isDraining) return "stopping";
  return config.readyzFailsOnOpenCircuit && isCircuitOpen?.() === true ? "upstream circuit open" : "ready";
}

function originOf(app: FastifyInstance): string {
  const address = app.server.address();
  if (address === null || typeof address === "string") throw new Error("not listening on a port");
  const host = address.family === "IPv6" ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}`;
}

/** What a person can open in a browser. */
function homeLinks({ production }: Config, hasExplorer: boolean): HomeLink[] {
  return [
    ...(production ? [] : [{ path: graphqlPath, what: "Apollo Sandbox, which needs the internet" }]),
    ...(hasExplorer ? [{ path: explorerPath, what: "GraphiQL, served by this gateway" }] : []),
    { path: "/readyz", what: "whether it takes requests" },
    { path: "/livez", what: "whether it runs" },
    { path: "/metrics", what: "metrics for Prometheus" },
  ];
}
