import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";

export const requestIdHeader = "x-request-id";

/** Request ids of callers that are harmless in a header and in a log line. */
const acceptable = /^[\w.:/+=@-]{1,128}$/;

/** The first groups of a UUID, the same for all requests of this process; the last group counts. */
const prefix = randomUUID().slice(0, -12);
let count = 0;

/**
 * A unique id. Hot path: it guards nothing and may be guessed, so it is counted rather than random.
 */
export function newRequestId(): string {
  count += 1;
  return prefix + count.toString(16).padStart(12, "0");
}

const idKey = Symbol("request id");

interface IdentifiedMessage extends IncomingMessage {
  [idKey]?: string | undefined;
}

/** The caller's request id if it can be passed on, else a new one; the same for each call with one request. */
export function requestIdOf(request: IdentifiedMessage): string {
  const given = request.headers[requestIdHeader];
  return (request[idKey] ??= typeof given === "string" && acceptable.test(given) ? given : newRequestId());
}
