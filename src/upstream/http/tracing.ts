import { SpanKind, SpanStatusCode, context, propagation, trace } from "@opentelemetry/api";
import type { Attributes } from "@opentelemetry/api";

import type { TraceHeaders } from "../../observability/index.js";
import type { UpstreamOperation } from "./upstream-error.js";

/** Does nothing unless the process has an OpenTelemetry SDK. */
const tracer = trace.getTracer("status-reason-gateway");

/**
 * Sends one request in a span of its own.
 *
 * @param received the trace context that came with the caller's request
 * @param send called with the trace context to send: the span's, or the caller's where nothing is traced
 */
export function inUpstreamSpan<T extends { readonly status: number }>(
  { service, operation }: UpstreamOperation,
  received: TraceHeaders | undefined,
  send: (trace: TraceHeaders) => Promise<T>,
): Promise<T> {
  // Hot path: a traced operation has an active span; without one there is nothing to trace.
  if (trace.getActiveSpan() === undefined) return send(received ?? {});
  const attributes: Attributes = { "upstream.service": service, "upstream.operation": operation };
  return tracer.startActiveSpan(operation, { kind: SpanKind.CLIENT, attributes }, async (span) => {
    try {
      const response = await send(traceToSend(received));
      span.setAttribute("http.response.status_code", response.status);
      if (response.status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      return response;
    } catch (error) {
      // The name only: the message could hold an address.
      span.setAttribute("error.type", error instanceof Error ? error.name : "unknown");
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}

function traceToSend(received: TraceHeaders | undefined): TraceHeaders {
  const injected: Record<string, string> = {};
  propagation.inject(context.active(), injected);
  return "traceparent" in injected ? injected : (received ?? {});
}
