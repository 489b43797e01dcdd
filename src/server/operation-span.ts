import { ROOT_CONTEXT, SpanKind, context, propagation, trace } from "@opentelemetry/api";
import type { Context } from "@opentelemetry/api";

import type { TraceHeaders } from "../upstream/call.js";

/** Without an OpenTelemetry SDK in the process, this and all that comes of it does nothing. */
const tracer = trace.getTracer("status-reason-gateway");

/**
 * Answers one GraphQL request in a span, a child of the caller's; what is learned of the operation on the
 * way is put on it through `trace.getActiveSpan()`.
 */
export function inOperationSpan<T>(received: TraceHeaders, answer: () => Promise<T>): Promise<T> {
  const parent = parentOf(received);
  return tracer.startActiveSpan("graphql", { kind: SpanKind.SERVER }, parent, async (span) => {
    try {
      return await answer();
    } finally {
      span.end();
    }
  });
}

/** The span of an instrumentation of HTTP, where there is one, has the caller's as its parent already. */
function parentOf(received: TraceHeaders): Context {
  const active = context.active();
  return trace.getSpan(active) === undefined ? propagation.extract(ROOT_CONTEXT, received) : active;
}
