import type { IncomingMessage } from "node:http";

/** RFC 3986: a name or an IP literal, and perhaps a port, which may be empty. */
const hostPattern = /^(?:[\w.~!$&'()*+,;=%-]+|\[[\da-f:.]+\])(?::\d{0,5})?$/i;

/** The host of an HTTP/1.0 request without one: Apollo's integration builds a URL from it. */
const unnamedHost = "localhost";

/** The last valid value: nearly all requests of a process have the same. */
let lastValid: string | undefined;

/**
 * Whether a request has one `Host` header, as RFC 9112 (3.2) demands, with a host that is valid in a URL. HTTP/1.0 may
 * omit it; such a request gets a default.
 */
export function hasValidHost(request: IncomingMessage): boolean {
  const { headers, rawHeaders, httpVersion } = request;
  const count = countHosts(rawHeaders);
  if (count === 0 && httpVersion === "1.0") {
    headers.host = unnamedHost;
    return true;
  }
  return count === 1 && isHost(headers.host ?? "");
}

/** Counted in the raw headers: Node keeps the first of several `Host` headers and drops the others. */
function countHosts(rawHeaders: readonly string[]): number {
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? "";
    if (name.length === 4 && name.toLowerCase() === "host") count += 1;
  }
  return count;
}

function isHost(text: string): boolean {
  if (text === lastValid) return true;
  if (!hostPattern.test(text) || !URL.canParse(`http://${text}/`)) return false;
  lastValid = text;
  return true;
}
