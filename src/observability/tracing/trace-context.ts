import type { IncomingHttpHeaders } from "node:http";

/** W3C trace context, header by header: `traceparent`, `tracestate` and what a propagator adds. */
export type TraceHeaders = Readonly<Record<string, string>>;

/** W3C Trace Context: version, trace id, parent id and flags; versions after 00 may have more. Zero ids are none. */
const traceparentPattern =
  /^(?!ff)([\da-f]{2})-((?!0{32})[\da-f]{32}-(?!0{16})[\da-f]{16})-([\da-f]{2})(?:-|$)/;

/** Characters of a traceparent of version 00. */
const length00 = 55;

/** The flag of level 1: the caller's own trace is recorded. */
const sampledFlag = 1;

/** Visible characters; the specification lets a receiver drop what is longer than 512 of them. */
const tracestatePattern = /^[\x20-\x7e]{1,512}$/;

/** The valid part of a request's trace context; anything else that a caller sends is not passed on. */
export function traceContextOf({ traceparent, tracestate }: IncomingHttpHeaders): TraceHeaders {
  if (typeof traceparent !== "string") return {};
  const [, version, ids, flags] = traceparentPattern.exec(traceparent) ?? [];
  if (version === undefined || ids === undefined || flags === undefined) return {};
  if (version === "00" && traceparent.length !== length00) return {};
  // Of a later version only the fields of version 00 are passed on, as the specification asks.
  const known = version === "00" ? traceparent : `00-${ids}-0${parseInt(flags, 16) & sampledFlag}`;
  const isUsable = typeof tracestate === "string" && tracestatePattern.test(tracestate);
  return isUsable ? { traceparent: known, tracestate } : { traceparent: known };
}
