import { trace } from "@opentelemetry/api";

import type { TraceHeaders } from "./trace-context.js";

/** The ids of a trace as members of a log line, named as OpenTelemetry names them outside OTLP. */
export interface TraceIds {
  readonly trace_id?: string;
  readonly span_id?: string;
}

const none: TraceIds = {};

/** Where the trace id of a traceparent begins and ends. */
const [idStart, idEnd] = [3, 35] as const;

/**
 * The trace that a log line belongs to: the active span's; without an OpenTelemetry SDK, that of the caller's request.
 *
 * @param received the valid trace context that came with the request
 */
export function traceIdsOf(received: TraceHeaders = {}): TraceIds {
  const active = activeTraceIds();
  if (active !== none) return active;
  const traceparent = received["traceparent"];
  return traceparent === undefined ? none : { trace_id: traceparent.slice(idStart, idEnd) };
}

/** Of the active span; nothing where there is none. */
export function activeTraceIds(): TraceIds {
  const span = trace.getActiveSpan();
  if (span === undefined) return none;
  const { traceId, spanId } = span.spanContext();
  return { trace_id: traceId, span_id: spanId };
}

/** A request as log lines name it. */
export interface LoggedRequest {
  readonly requestId: string;
  readonly trace?: TraceHeaders | undefined;
}

/** What each log line about a request has: its id, and its trace's. */
export function requestIdsOf({
  requestId,
  trace: received,
}: LoggedRequest): TraceIds & { requestId: string } {
  return { requestId, ...traceIdsOf(received) };
}
