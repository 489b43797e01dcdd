import type { IncomingHttpHeaders } from "node:http";

import type { TraceHeaders } from "../upstream/call.js";

/** W3C Trace Context, version, trace id, parent id and flags; a later version may have more. */
const traceparentPattern = /^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}(?:-[\x21-\x7e]*)?$/;

/** Visible characters; the specification lets a receiver drop what is longer than 512 of them. */
const tracestatePattern = /^[\x20-\x7e]{1,512}$/;

/** The trace context of a request, as far as it is one: whatever else a caller sends goes no further. */
export function traceContextOf({ traceparent, tracestate }: IncomingHttpHeaders): TraceHeaders {
  if (typeof traceparent !== "string" || !traceparentPattern.test(traceparent)) return {};
  const isUsable = typeof tracestate === "string" && tracestatePattern.test(tracestate);
  return isUsable ? { traceparent, tracestate } : { traceparent };
}
