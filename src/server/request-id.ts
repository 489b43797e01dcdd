import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";

export const requestIdHeader = "x-request-id";

/** What a caller may call its request: harmless in a header and in a log line. */
const acceptable = /^[\w.:/+=@-]{1,128}$/;

/** The caller's own request id, or a new one where it has none that can be passed on. */
export function requestIdOf(request: IncomingMessage): string {
  const given = request.headers[requestIdHeader];
  return typeof given === "string" && acceptable.test(given) ? given : randomUUID();
}
