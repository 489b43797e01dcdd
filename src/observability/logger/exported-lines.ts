import { ROOT_CONTEXT, TraceFlags, trace } from "@opentelemetry/api";
import type { Context } from "@opentelemetry/api";
import { SeverityNumber, logs } from "@opentelemetry/api-logs";
import type { AnyValueMap, LogRecord } from "@opentelemetry/api-logs";
import type { DestinationStream } from "pino";

/** A line as pino writes it. */
interface Line extends AnyValueMap {
  readonly level: number;
  readonly time: string;
  readonly msg?: string;
  readonly trace_id?: string;
  readonly span_id?: string;
}

/** By pino's levels. */
const severities: Readonly<Record<number, SeverityNumber>> = {
  10: SeverityNumber.TRACE,
  20: SeverityNumber.DEBUG,
  30: SeverityNumber.INFO,
  40: SeverityNumber.WARN,
  50: SeverityNumber.ERROR,
  60: SeverityNumber.FATAL,
};

/**
 * Sends each line to OpenTelemetry too, if the process has an SDK that exports logs; OpenTelemetry's own instrumentation of
 * pino does not see a pino that ES modules import.
 *
 * @param destination where the lines go in any case
 */
export function exportingLines(destination: DestinationStream): DestinationStream {
  const exporter = logs.getLogger("status-reason-gateway");
  if (!exporter.enabled()) return destination;
  return {
    write: (line) => {
      destination.write(line);
      exporter.emit(recordOf(JSON.parse(line) as Line));
    },
  };
}

function recordOf({ level, time, msg, ...rest }: Line): LogRecord {
  const { trace_id: traceId, span_id: spanId, ...attributes } = rest;
  const common = {
    timestamp: new Date(time),
    severityNumber: severities[level] ?? SeverityNumber.UNSPECIFIED,
    body: msg ?? "",
  };
  if (traceId === undefined || spanId === undefined)
    return { ...common, attributes: rest, context: ROOT_CONTEXT };
  return { ...common, attributes, context: contextOf(traceId, spanId) };
}

/** The line was perhaps formatted later, in another request's context: its own ids count. */
function contextOf(traceId: string, spanId: string): Context {
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: TraceFlags.SAMPLED });
}
