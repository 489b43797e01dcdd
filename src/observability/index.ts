export { createLogger, prettyLines, writingLater } from "./logger/index.js";
export type { Logger, WriteLater } from "./logger/index.js";
export { createMetrics } from "./metrics/index.js";
export type {
  EndedOperation,
  HttpMetrics,
  LiveMetrics,
  PollOutcome,
  Metrics,
  RequestLimit,
  SharedStateMetrics,
  StreamMetrics,
  StreamTransport,
} from "./metrics/index.js";
export {
  countSubscription,
  describeFailure,
  inOperationSpan,
  reportingTo,
  shortHash,
  summarize,
  summarizeResult,
} from "./operations/index.js";
export type {
  OperationFailure,
  OperationSummary,
  PrepareReport,
  ReportOperation,
} from "./operations/index.js";
export { newRequestId, requestIdHeader, requestIdOf, requestIdsOf, traceContextOf } from "./tracing/index.js";
export type { LoggedRequest, TraceHeaders } from "./tracing/index.js";
