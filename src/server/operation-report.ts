import { SpanStatusCode, trace } from "@opentelemetry/api";

import type { GatewayContext } from "../graphql/context.js";
import type { Logger } from "../logger.js";
import type { Metrics } from "../metrics.js";
import type { UpstreamCall } from "../upstream/call.js";
import type { OperationSummary } from "./operation-summary.js";

/** Tells of an operation that is answered: a line in the log, the metrics, and the attributes of its span. */
export type ReportOperation = (summary: OperationSummary, context: GatewayContext) => void;

export function reportingTo(logger: Logger, metrics: Metrics): ReportOperation {
  return (summary, { call, startMs }) => {
    const durationMs = performance.now() - startMs;
    log(logger, summary, durationMs, call);
    measure(metrics, summary, durationMs);
    describeSpan(summary);
  };
}

function log(logger: Logger, summary: OperationSummary, durationMs: number, call: UpstreamCall): void {
  const { name, hash, type, outcome, errorCodes } = summary;
  logger.info(
    {
      requestId: call.requestId,
      operation: name ?? null,
      hash,
      type,
      outcome,
      durationMs: Math.round(durationMs * 10) / 10,
      upstreamCalls: call.stats?.upstreamCalls ?? 0,
      ...(errorCodes.length > 0 && { errorCodes }),
    },
    "operation",
  );
}

function measure(metrics: Metrics, summary: OperationSummary, durationMs: number): void {
  const { name = "anonymous", hash = "", type, outcome, errorCodes } = summary;
  const label = outcome === "refused" ? undefined : `${name}:${hash}`;
  metrics.operations.operationEnded({ label, type, outcome, durationMs, errorCodes });
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
