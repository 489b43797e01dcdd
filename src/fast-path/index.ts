export { AnswerHeads } from "./answer-heads.js";
export type { EarlyRequests } from "./early-requests.js";
export { KnownFront } from "./known-front.js";
export { KnownOperations } from "./known-operations.js";
export { knownOperationsPlugin } from "./known-operations.plugin.js";
