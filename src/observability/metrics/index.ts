export type { HttpMetrics, RequestLimit } from "./http.metrics.js";
export type { LiveMetrics, PollOutcome } from "./live.metrics.js";
export { createMetrics } from "./metrics.js";
export type { Metrics } from "./metrics.js";
export type { SharedStateMetrics } from "./shared-state.metrics.js";
export type { StreamMetrics, StreamTransport } from "./stream.metrics.js";
export type { EndedOperation } from "./operation.metrics.js";
