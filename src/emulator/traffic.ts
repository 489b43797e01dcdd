import type { FastifyInstance, FastifyRequest } from "fastify";

import type { EmulatorContext } from "./state.js";
import { injectAfter, injectBefore } from "./faults/index.js";
import type { Fault } from "./faults/index.js";
import type { JournalEntry } from "./data/index.js";

interface Exchange {
  readonly entry: JournalEntry;
  readonly fault?: Fault | undefined;
}

/** The controls are for people and tests: neither journaled nor subject to faults. */
export const isControl = (request: FastifyRequest): boolean =>
  request.routeOptions.url?.startsWith("/emulator/") === true;

/**
 * Writes each request into the journal and lets faults loose on it. To be called after all other `onSend`
 * hooks are in place: what a fault cuts off is to be the finished answer.
 */
export function watchTraffic(app: FastifyInstance, { journal, faults, now }: EmulatorContext): void {
  const exchanges = new WeakMap<FastifyRequest, Exchange>();

  app.addHook("preValidation", async (request, reply) => {
    if (isControl(request)) return;
    // In one go, so that whoever waits for the entry finds the fault already taken.
    const entry = journal.record(entryOf(request, now()));
    const fault = faults.take(request.method, request.url, entry.body);
    exchanges.set(request, { entry, fault });
    if (fault === undefined) return;
    if (fault.status !== undefined) entry.status = fault.status;
    await injectBefore(fault, faults, request, reply);
  });

  app.addHook("onSend", (request, reply, payload, done) => {
    if (isControl(request)) {
      done(null, payload);
      return;
    }
    // A request that Fastify refuses before it has its body was not journaled yet.
    const { entry, fault } = exchanges.get(request) ?? { entry: journal.record(entryOf(request, now())) };
    // A reset leaves the client without a status, so the journal has none either.
    if (fault?.reset === undefined) entry.status = reply.statusCode;
    if (fault === undefined || !injectAfter(fault, reply, payload)) done(null, payload);
  });
}

function entryOf(request: FastifyRequest, at: number): JournalEntry {
  const url = new URL(`http://emulator${request.url}`);
  return {
    at,
    method: request.method,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: request.headers,
    body: typeof request.body === "string" ? request.body : "",
    host: request.host,
  };
}
