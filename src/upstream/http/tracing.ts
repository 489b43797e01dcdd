import { SpanKind, SpanStatusCode, context, propagation, trace } from "@opentelemetry/api";
import type { Attributes } from "@opentelemetry/api";

import type { TraceHeaders } from "../../observability/index.js";
import type { UpstreamOperation } from "./upstream-error.js";

/** Without an OpenTelemetry SDK in the process, this and all that comes of it does nothing. */
const tracer = trace.getTracer("status-reason-gateway");

/**
 * Runs one exchange with the upstream in a span of its own.
 *
 * @param received the trace context that came with the caller's request
 * @param exchange takes the trace context to send: the span's, or where nothing is traced the caller's
 */
export function inUpstreamSpan<T extends { readonly status: number }>(
  { service, operation }: UpstreamOperation,
  received: TraceHeaders | undefined,
  exchange: (trace: TraceHeaders) => Promise<T>,
): Promise<T> {
  // An operation that is traced is an active span: without one there is nothing to trace. Worth 2 µs.
  if (trace.getActiveSpan() === undefined) return exchange(received ?? {});
  const attributes: Attributes = { "upstream.service": service, "upstream.operation": operation };
  return tracer.startActiveSpan(operation, { kind: SpanKind.CLIENT, attributes }, async (span) => {
    try {
      const answer = await exchange(traceToSend(received));
      span.setAttribute("http.response.status_code", answer.status);
      if (answer.status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      return answer;
    } catch (error) {
      // Its message could hold an address; its name says enough.
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
