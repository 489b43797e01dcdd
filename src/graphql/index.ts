export { createContext } from "./context.js";
export type {
  AcceptedSubscription,
  ContextServices,
  GatewayContext,
  SubscriptionContext,
  SubscriptionSlot,
} from "./context.js";
export {
  ResponseTooLargeError,
  boundedErrors,
  describeUpstreamError,
  errorCodeNames,
  failureOf,
  formatTooLarge,
  formatError,
  internalError,
  isRetryable,
  isUnexpected,
  stripLocations,
  callerLimitedError,
  overloadedError,
} from "./errors/index.js";
export type { ErrorCode } from "./errors/index.js";
export {
  boundedFieldResolver,
  enforceLimits,
  heapBytesOf,
  isLongerThan,
  sourceViolation,
  textBytes,
} from "./limits/index.js";
export type { SourceLimits } from "./limits/index.js";
export { buildSchema, noIntrospectionRule, noSdlRule, printApiSdl, printSubgraphSdl } from "./schema.js";
