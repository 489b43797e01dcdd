import type { FastifyInstance } from "fastify";

import type { Config } from "../config/index.js";
import { listening } from "../config/index.js";
import type { Logger, Metrics } from "../observability/index.js";
import { createMetrics } from "../observability/index.js";
import type { Upstream } from "../upstream/index.js";
import { createApollo } from "./apollo.js";
import { createApp } from "./app.js";
import { Connections } from "./connections.js";
import { Drain, registerDrain } from "./drain.js";
import { explorerPreset } from "./explorer/index.js";
import type { ExplorerPreset } from "./explorer/index.js";
import { InFlight } from "./in-flight.js";
import { AnswerHeads, KnownFront, KnownOperations } from "../fast-path/index.js";
import type { EarlyRequests } from "../fast-path/index.js";
import { reportingTo } from "./operation-report.js";
import { RequestBodies } from "./request-bodies.js";
import {
  graphqlPath,
  registerExplorer,
  registerGraphql,
  registerHealth,
  registerMetrics,
} from "./routes/index.js";
import type { Readiness } from "./routes/index.js";
import { shutDown } from "./shutdown.js";
import { WorkInFlight } from "./work-in-flight.js";

/** A gateway that serves. */
export interface Gateway {
  /** Where GraphQL is: `http://host:port/graphql`. */
  readonly url: string;
  /** Takes no new requests, lets what is in flight finish in time, and lets go of everything. */
  stop(): Promise<void>;
}

/** What a gateway may share with the rest of the process. */
export interface GatewayOptions {
  /** @default metrics of its own, which know nothing of the upstream's calls */
  readonly metrics?: Metrics;
  /**
   * Whether the upstream is known to be in trouble, for `/readyz` where the configuration says so.
   * @default nobody knows of any
   */
  readonly isCircuitOpen?: () => boolean;
  /**
   * What explorers show first.
   * @default a query whose account and token are to be filled in
   */
  readonly preset?: ExplorerPreset;
}

/** Starts to serve GraphQL over `upstream`, which the caller keeps and closes. */
export async function startGateway(
  config: Config,
  logger: Logger,
  upstream: Upstream,
  { metrics = createMetrics(), isCircuitOpen, preset = explorerPreset() }: GatewayOptions = {},
): Promise<Gateway> {
  const prepareReport = reportingTo(logger, metrics);
  const known = new KnownOperations(config.compiledOperations, config.queryLimits, prepareReport);
  const apollo = createApollo(config, logger, preset, prepareReport, known);
  await apollo.start();
  const drain = new Drain();
  const work = new WorkInFlight(config.upstreamTimeoutMs);
  const early: EarlyRequests = new WeakMap();
  const { httpLimits } = config;
  const connections = new Connections(httpLimits, metrics.http);
  const bodies = new RequestBodies(httpLimits, connections, metrics.http);
  const inFlight = new InFlight(httpLimits, connections, metrics.http);
  const parts = { config, upstream, work, heads: new AnswerHeads(), early, inFlight, bodies };
  const front = new KnownFront({ ...parts, drain, path: graphqlPath, known });
  const app = await createApp(config, logger, {
    front: (onward) => front.listener(onward),
    connections,
    bodies,
  });
  registerDrain(app, drain);
  registerHealth(app, () => readinessOf(config, drain, isCircuitOpen));
  registerMetrics(app, metrics);
  registerGraphql(app, { ...parts, apollo });
  registerExplorer(app, config, preset);
  const listens = app.listen({ host: config.host, port: config.port });
  await listening(listens, { host: "HOST", port: "PORT" });
  const url = `${originOf(app)}${graphqlPath}`;
  logger.info({ url }, `serving GraphQL at ${url}`);
  return {
    url,
    stop: async () => {
      await shutDown({ app, drain, work, connections }, logger, config.shutdown);
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
