import { SpanStatusCode, trace } from "@opentelemetry/api";

import { writingLater } from "../logger/index.js";
import type { Logger, WriteLater } from "../logger/index.js";
import type { EndedOperation, Metrics } from "../metrics/index.js";
import type { OperationSummary } from "./operation-summary.js";

/** What the report says of the request that the operation came with. */
export interface ReportedRequest {
  readonly call: {
    readonly requestId: string;
    readonly stats?: { readonly upstreamCalls: number } | undefined;
  };
  /** When the request came, by `performance.now()`. */
  readonly startMs: number;
}

/** Tells that an operation was answered: a line in the log, the metrics, and the attributes of its span. */
export type ReportOperation = (request: ReportedRequest) => void;

/** Prepares what is the same each time that an operation comes to the same. */
export type PrepareReport = (summary: OperationSummary) => ReportOperation;

export function reportingTo(logger: Logger, metrics: Metrics): PrepareReport {
  const later = writingLater(logger);
  return (summary) => {
    const lines = logger.child(describe(summary));
    const count = metrics.operations.operationEnded(countedAs(summary));
    return ({ call, startMs }) => {
      const durationMs = performance.now() - startMs;
      log(lines, later, durationMs, call);
      count(durationMs, (call.stats?.upstreamCalls ?? 0) > 0);
      describeSpan(summary);
    };
  };
}

function describe({ name, hash, type, outcome, errorCodes }: OperationSummary): object {
  const operation = name ?? null;
  return { operation, hash, type, outcome, ...(errorCodes.length > 0 && { errorCodes }) };
}

/** What waits to be written leads to nothing of the request. */
function log(
  lines: Logger,
  later: WriteLater,
  durationMs: number,
  { requestId, stats }: ReportedRequest["call"],
): void {
  const upstreamCalls = stats?.upstreamCalls ?? 0;
  later(() => {
    lines.info({ requestId, durationMs: Math.round(durationMs * 10) / 10, upstreamCalls }, "operation");
  });
}

function countedAs(summary: OperationSummary): EndedOperation {
  const { name = "anonymous", hash = "", type, outcome, errorCodes } = summary;
  const label = outcome === "refused" ? undefined : `${name}:${hash}`;
  return { label, type, outcome, errorCodes };
}

/** Attributes by the names of OpenTelemetry's semantic conventions for GraphQL servers. */
function describeSpan({ name, hash, type, outcome, errorCodes }: OperationSummary): void {
  const span = trace.getActiveSpan();
  if (span?.isRecording() !== true) return;
  span.updateName(type === "unknown" ? "graphql" : `${type} ${name ?? ""}`.trim());
  span.setAttributes({
    "graphql.operation.type": type,
    ...(name !== undefined && { "graphql.operation.name": name }),
    ...(hash !== undefined && { "graphql.document.hash": hash }),
    ...(errorCodes.length > 0 && { "graphql.error.codes": [...errorCodes] }),
  });
  if (outcome !== "ok") span.setStatus({ code: SpanStatusCode.ERROR });
}
