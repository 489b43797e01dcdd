export { newRequestId, requestIdHeader, requestIdOf } from "./request-id.js";
export { traceContextOf } from "./trace-context.js";
export type { TraceHeaders } from "./trace-context.js";
export { activeTraceIds, requestIdsOf } from "./trace-ids.js";
export type { LoggedRequest } from "./trace-ids.js";
