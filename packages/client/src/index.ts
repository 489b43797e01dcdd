export * from "./documents.js";
export { embeddedTypes, entityKeys } from "./entities.js";
export { errorCodes } from "./error-codes.js";
export type { ErrorCode } from "./error-codes.js";
export { conflictOf, failuresOf, hasCode } from "./failures.js";
export type { Conflict, FailureOf, GatewayFailure, ValidationError } from "./failures.js";
export { maxAttempts, mayRetry, secondsAsked } from "./retry-rules.js";
export { Session } from "./session.js";
