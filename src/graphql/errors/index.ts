export { ResponseTooLargeError, boundedErrors } from "./response-bounds.js";
export {
  callerLimitedError,
  errorCodeNames,
  internalError,
  isRetryable,
  overloadedError,
} from "./error-codes.js";
export type { ErrorCode } from "./error-codes.js";
export { describeUpstreamError, formatTooLarge, formatError, isUnexpected } from "./format-error.js";
export { failureOf } from "./operation-failure.js";
export { stripLocations } from "./node-locations.js";
