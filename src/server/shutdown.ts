import { setTimeout as delay } from "node:timers/promises";

import type { FastifyInstance } from "fastify";

import type { ShutdownConfig } from "../config/index.js";
import type { Logger } from "../observability/index.js";
import type { Connections } from "./connections.js";
import type { Drain } from "./drain.js";
import type { OpenStreams } from "./subscriptions/index.js";
import type { WorkInFlight } from "./work-in-flight.js";

/** The parts that have to stop. */
export interface Stoppable {
  readonly app: FastifyInstance;
  readonly drain: Drain;
  readonly work: WorkInFlight;
  readonly connections: Connections;
  readonly streams: OpenStreams;
}

/** Time to send the responses of aborted requests, in milliseconds. */
const lastResponsesMs = 1_000;

/**
 * Stops serving in phases: not ready but serving, so that load balancers notice; then no new connections; at the timeout
 * the upstream work in flight is aborted, and then open connections are closed.
 */
export async function shutDown(
  { app, drain, work, connections, streams }: Stoppable,
  logger: Logger,
  { delayMs, timeoutMs }: ShutdownConfig,
): Promise<void> {
  drain.begin();
  logger.info({ delayMs, timeoutMs }, "stopping");
  if (delayMs > 0) await delay(delayMs);
  const closed = app.close();
  connections.closeSilent();
  streams.drain();
  if (await within(closed, timeoutMs)) return;
  logger.warn("cutting the requests still in flight");
  work.cut();
  if (await within(closed, lastResponsesMs)) return;
  streams.destroy();
  app.server.closeAllConnections();
  await closed;
}

/** Whether `done` comes in time. */
async function within(done: Promise<unknown>, timeoutMs: number): Promise<boolean> {
  const timer = new AbortController();
  const late = delay(timeoutMs, false, { signal: timer.signal }).catch(() => false);
  try {
    return await Promise.race([done.then(() => true), late]);
  } finally {
    timer.abort();
  }
}
