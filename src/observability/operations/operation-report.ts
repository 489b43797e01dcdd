import { SpanStatusCode, trace } from "@opentelemetry/api";

import { writingLater } from "../logger/index.js";
import type { Logger, WriteLater } from "../logger/index.js";
import type { EndedOperation, Metrics } from "../metrics/index.js";
import { requestIdsOf } from "../tracing/index.js";
import type { LoggedRequest } from "../tracing/index.js";
import type { OperationFailure, OperationSummary } from "./operation-summary.js";

/** The request that an operation came with. */
export interface ReportedRequest {
  readonly call: LoggedRequest & { readonly stats?: { readonly upstreamCalls: number } | undefined };
  /** When the request arrived, by `performance.now()`. */
  readonly startMs: number;
}

/** Reports that an operation ended: in the log, in the metrics, and on its span. */
export type ReportOperation = (request: ReportedRequest) => void;

/** Prepares a report for all runs of an operation that end alike. */
export type PrepareReport = (summary: OperationSummary) => ReportOperation;

export function reportingTo(logger: Logger, metrics: Metrics): PrepareReport {
  const later = writingLater(logger);
  return (summary) => {
    const lines = logger.child(describe(summary));
    const level = summary.failure?.level ?? "info";
    const count = metrics.operations.operationEnded(countedAs(summary));
    return ({ call, startMs }) => {
      const durationMs = performance.now() - startMs;
      log(lines, level, later, durationMs, call);
      count(durationMs, (call.stats?.upstreamCalls ?? 0) > 0);
      describeSpan(summary);
    };
  };
}

/**
 * Counts a subscription by its first result.
 *
 * @param durationMs until that was there, in milliseconds
 * @param isAccepted whether the upstream let its caller in
 */
export function countSubscription(
  metrics: Metrics,
  summary: OperationSummary,
  durationMs: number,
  isAccepted: boolean,
): void {
  metrics.operations.operationEnded(countedAs(summary))(durationMs, isAccepted);
}

function describe({ name, hash, type, outcome, errorCodes, failure, accountId }: OperationSummary): object {
  const operation = name ?? null;
  const described = { operation, hash, type, outcome, ...(errorCodes.length > 0 && { errorCodes }) };
  return { ...described, ...describeFailure(failure, accountId) };
}

/** The members of the log line of what failed. */
export function describeFailure(
  failure: OperationFailure | undefined,
  accountId: string | undefined,
): object | undefined {
  if (failure === undefined) return undefined;
  const { code, message, service, operation, status } = failure;
  return {
    ...(accountId !== undefined && { accountId }),
    error: { code, message, service, operation, status },
  };
}

/** The pending line references nothing of the request, so that it is not kept alive. */
function log(
  lines: Logger,
  level: OperationFailure["level"],
  later: WriteLater,
  durationMs: number,
  call: ReportedRequest["call"],
): void {
  const ids = requestIdsOf(call);
  const upstreamCalls = call.stats?.upstreamCalls ?? 0;
  later(() => {
    lines[level]({ ...ids, durationMs: Math.round(durationMs * 10) / 10, upstreamCalls }, "operation");
  });
}

function countedAs(summary: OperationSummary): EndedOperation {
  const { name = "anonymous", hash = "", type, outcome, errorCodes } = summary;
  const label = outcome === "refused" ? undefined : `${name}:${hash}`;
  return { label, type, outcome, errorCodes };
}

/** Named by OpenTelemetry's semantic conventions for GraphQL servers. */
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
