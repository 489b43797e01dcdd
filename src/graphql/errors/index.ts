export { ResponseTooLargeError, boundedErrors } from "./response-bounds.js";
export { internalError, isRetryable, overloadedError } from "./error-codes.js";
export type { ErrorCode } from "./error-codes.js";
export { formatTooLarge, formatError, isUnexpected } from "./format-error.js";
export { stripLocations } from "./node-locations.js";
