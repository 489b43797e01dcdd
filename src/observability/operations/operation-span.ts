import { INVALID_TRACEID, ROOT_CONTEXT, SpanKind, context, propagation, trace } from "@opentelemetry/api";

import type { TraceHeaders } from "../tracing/index.js";

const tracer = trace.getTracer("status-reason-gateway");

/**
 * Handles one GraphQL request in a span, a child of the caller's. The operation's attributes are set on it through
 * `trace.getActiveSpan()`. Without an OpenTelemetry SDK in the process nothing is traced.
 */
export function inOperationSpan<T>(received: TraceHeaders, handle: () => Promise<T>): Promise<T> {
  const active = context.active();
  // The span of an HTTP instrumentation, if there is one, is a child of the caller's already.
  const isInner = trace.getSpan(active) !== undefined;
  const parent = isInner ? active : propagation.extract(ROOT_CONTEXT, received);
  const kind = isInner ? SpanKind.INTERNAL : SpanKind.SERVER;
  const span = tracer.startSpan("graphql", { kind }, parent);
  // Hot path: nobody traces, so the span need not be active.
  if (span.spanContext().traceId === INVALID_TRACEID) return handle();
  return context.with(trace.setSpan(parent, span), async () => {
    try {
      return await handle();
    } finally {
      span.end();
    }
  });
}
