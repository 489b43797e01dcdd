export { createLogger, prettyLines, writingLater } from "./logger/index.js";
export type { Logger, WriteLater } from "./logger/index.js";
export { createMetrics } from "./metrics/index.js";
export type { EndedOperation, HttpMetrics, Metrics } from "./metrics/index.js";
