import { INVALID_TRACEID, ROOT_CONTEXT, SpanKind, context, propagation, trace } from "@opentelemetry/api";

import type { TraceHeaders } from "../tracing/index.js";

const tracer = trace.getTracer("status-reason-gateway");
/**
 * Answers one GraphQL request in a span, a child of the caller's; what is learned of the operation on the
 * way is put on it through `trace.getActiveSpan()`. Without an OpenTelemetry SDK in the process nothing is traced.
 */
export function inOperationSpan<T>(received: TraceHeaders, answer: () => Promise<T>): Promise<T> {
  const active = context.active();
  // The span of an instrumentation of HTTP, where there is one, has the caller's as its parent already.
  const isInner = trace.getSpan(active) !== undefined;
  const parent = isInner ? active : propagation.extract(ROOT_CONTEXT, received);
  const kind = isInner ? SpanKind.INTERNAL : SpanKind.SERVER;
  const span = tracer.startSpan("graphql", { kind }, parent);
  // Nobody traces; to make it active all the same cost 2 µs.
  if (span.spanContext().traceId === INVALID_TRACEID) return answer();
  return context.with(trace.setSpan(parent, span), async () => {
    try {
      return await answer();
    } finally {
      span.end();
    }
  });
}
