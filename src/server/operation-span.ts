import { ROOT_CONTEXT, SpanKind, context, propagation, trace } from "@opentelemetry/api";

import type { TraceHeaders } from "../upstream/call.js";

/** Without an OpenTelemetry SDK in the process, this and all that comes of it does nothing. */
const tracer = trace.getTracer("status-reason-gateway");

/**
 * Answers one GraphQL request in a span, a child of the caller's; what is learned of the operation on the
 * way is put on it through `trace.getActiveSpan()`.
 */
export function inOperationSpan<T>(received: TraceHeaders, answer: () => Promise<T>): Promise<T> {
  const active = context.active();
  // The span of an instrumentation of HTTP, where there is one, has the caller's as its parent already.
  const isInner = trace.getSpan(active) !== undefined;
  const parent = isInner ? active : propagation.extract(ROOT_CONTEXT, received);
  const kind = isInner ? SpanKind.INTERNAL : SpanKind.SERVER;
  return tracer.startActiveSpan("graphql", { kind }, parent, async (span) => {
    try {
      return await answer();
    } finally {
      span.end();
    }
  });
}
