import type { FastifyInstance, FastifyRequest } from "fastify";

import type { EmulatorContext } from "./state.js";
import { injectAfter, injectBefore } from "./faults/index.js";
import type { Fault } from "./faults/index.js";
import type { JournalEntry } from "./data/index.js";

/** A request in the journal, and the fault that it uses up. */
interface RecordedRequest {
  readonly entry: JournalEntry;
  readonly fault?: Fault | undefined;
}

/** The name of the request decorator that has the {@link RecordedRequest}; undefined until the body is read. */
const decorator = "recorded";

/** Whether a request is to a control endpoint: these are not in the journal and have no faults. */
export const isControl = (request: FastifyRequest): boolean =>
  request.routeOptions.url?.startsWith("/emulator/") === true;

/**
 * Records each request in the journal, and applies the rate limit and faults to it. Must be called after all other `onSend` hooks are
 * added, so that a fault truncates the final response.
 */
export function recordTraffic(
  app: FastifyInstance,
  { journal, faults, rateLimit, now }: EmulatorContext,
): void {
  app.decorateRequest(decorator, undefined);

  app.addHook("preValidation", async (request, reply) => {
    if (isControl(request)) return;
    // In the same tick, so that code that waits for the entry finds the fault used up.
    const entry = journal.record(entryOf(request, now()));
    const fault = faults.take({ method: request.method, url: request.url, body: entry.body });
    request.setDecorator<RecordedRequest>(decorator, { entry, fault });
    rateLimit.check(request.url);
    if (fault === undefined) return;
    if (fault.status !== undefined) entry.status = fault.status;
    await injectBefore({ fault, faults }, request, reply);
  });

  app.addHook("onSend", (request, reply, payload, done) => {
    if (isControl(request)) {
      done(null, payload);
      return;
    }
    // A request that Fastify refuses before it has read the body is not recorded yet.
    const { entry, fault } = request.getDecorator<RecordedRequest | undefined>(decorator) ?? {
      entry: journal.record(entryOf(request, now())),
    };
    // After a reset, the client has no status, so the journal has none either.
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
