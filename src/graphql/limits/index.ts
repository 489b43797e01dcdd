export { withCosts } from "./cost-directives.js";
export { boundedFieldResolver, isLongerThan } from "./response-size.js";
export { defaultPageSize, maxItems, maxStatusChanges } from "./field-costs.js";
export { heapBytesOf, textBytes } from "./document-cost.js";
export { enforceLimits } from "./operation-limits.js";
export { sourceViolation } from "./source-limits.js";
export type { SourceLimits } from "./source-limits.js";
