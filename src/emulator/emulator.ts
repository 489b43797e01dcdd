import { isIPv6 } from "node:net";
import type { AddressInfo } from "node:net";

import fastify from "fastify";
import type { FastifyError, FastifyInstance } from "fastify";

import {
  agentActivityRoutes,
  agentViewRoutes,
  controlRoutes,
  domainRoutes,
  loginRoutes,
  sendRevisions,
  statusReasonQueryRoutes,
  statusReasonRoutes,
  tokenRoutes,
} from "./routes/index.js";
import { noRouteSchemas } from "../lib/index.js";
import { EmulatorClock } from "./clock.js";
import { parseQuery, sendProblem } from "./http.js";
import { Faults } from "./faults/index.js";
import { Journal } from "./data/index.js";
import { LivelyAgents } from "./lively-agents.js";
import { Problem } from "./problem.js";
import { RateLimit } from "./rate-limit.js";
import { emulatorAccountId } from "./seed/index.js";
import { EmulatorState } from "./state.js";
import type { EmulatorContext } from "./state.js";
import { recordTraffic } from "./traffic.js";

export interface EmulatorOptions {
  /** @default "127.0.0.1" */
  host?: string;
  /** @default 0, a free port */
  port?: number;
  /**
   * The seed of the random part of the data.
   * @default 1
   */
  seed?: number;
  /**
   * The clock, in epoch milliseconds. All times follow it unless `clock` is set, except for a fault's latency and the
   * pauses of lively agents, which are real time.
   * @default Date.now
   */
  now?: () => number;
  /**
   * Whether agents of the main account change by themselves, a few every 1 to 2 seconds: the same moves for the same
   * seed. Those of `emulatorAgentIds` stay as they are.
   * @default false
   */
  lively?: boolean;
}

/** A running emulator of the upstream services. */
export interface Emulator {
  /** The origin of all services, including the Domain API, such as `http://127.0.0.1:40123`. */
  readonly origin: string;
  readonly state: EmulatorState;
  readonly journal: Journal;
  readonly faults: Faults;
  readonly clock: EmulatorClock;
  /** How many requests each account gets in a second. */
  readonly rateLimit: RateLimit;
  /** Resets the data to the seed as of the clock's time, and clears the journal, the faults and the rate limit. The clock stays. */
  reset(): void;
  /** Stops at once. Closes all connections, also of requests in flight. */
  stop(): Promise<void>;
}

/** Starts an HTTP server that implements the contract of the upstream services. */
export async function startEmulator({
  host = "127.0.0.1",
  port = 0,
  seed = 1,
  now = Date.now,
  lively = false,
}: EmulatorOptions = {}): Promise<Emulator> {
  const journal = new Journal();
  const faults = new Faults();
  const clock = new EmulatorClock(now);
  const rateLimit = new RateLimit(clock.now);
  const onWrite = journal.recordWrite.bind(journal);
  const state = new EmulatorState({ seed, now: clock.now, onWrite });
  const livelyAgents = new LivelyAgents(() => state.account(emulatorAccountId), seed);
  const reset = (): void => {
    state.reset();
    livelyAgents.reset();
    journal.clear();
    faults.clear();
    rateLimit.set(undefined);
  };

  const app = createApp({ state, journal, faults, rateLimit, clock, now: clock.now }, reset);
  await app.listen({ host, port });
  if (lively) livelyAgents.start();
  const { port: chosenPort } = app.server.address() as AddressInfo;
  return {
    origin: originAt(host, chosenPort),
    state,
    journal,
    faults,
    clock,
    rateLimit,
    reset,
    stop: async () => {
      livelyAgents.stop();
      faults.clear();
      await app.close();
    },
  };
}

/** The loopback address to call when the emulator listens on all addresses. */
const callable = new Map([
  ["::", "::1"],
  ["0.0.0.0", "127.0.0.1"],
]);

function originAt(host: string, port: number): string {
  const address = callable.get(host) ?? host;
  return new URL(`http://${isIPv6(address) ? `[${address}]` : address}:${port}`).origin;
}

function createApp(context: EmulatorContext, reset: () => void): FastifyInstance {
  const app = fastify({
    schemaController: noRouteSchemas,
    logger: false,
    forceCloseConnections: true,
    routerOptions: { querystringParser: parseQuery },
    exposeHeadRoutes: false,
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => {
    done(null, body);
  });
  sendRevisions(app, context);
  recordTraffic(app, context);
  handleErrors(app, context.now);

  domainRoutes(app, context);
  loginRoutes(app, context);
  tokenRoutes(app, context);
  statusReasonRoutes(app, context);
  statusReasonQueryRoutes(app, context);
  agentViewRoutes(app, context);
  agentActivityRoutes(app, context);
  controlRoutes(app, context, reset);
  return app;
}

/** Sends errors as problems. Errors of Fastify keep their status; any other error is a 500. */
function handleErrors(app: FastifyInstance, now: () => number): void {
  app.setErrorHandler((error: Problem | FastifyError, _request, reply) => {
    const problem =
      error instanceof Problem ? error : new Problem(error.statusCode ?? 500, "The request failed.");
    return sendProblem(reply, problem, now());
  });
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, new Problem(404, "Not found."), now()));
}
