export { countSubscription, describeFailure, reportingTo } from "./operation-report.js";
export type { PrepareReport, ReportOperation } from "./operation-report.js";
export { inOperationSpan } from "./operation-span.js";
export { shortHash, summarize, summarizeResult } from "./operation-summary.js";
export type { OperationFailure, OperationSummary } from "./operation-summary.js";
