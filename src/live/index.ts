export { Live } from "./live.js";
export type { LiveOptions, SharedChanges } from "./live.js";
export type { AgentsChange, AgentsSelection } from "./agent-changes.js";
export type { StatusReasonsChange, StatusReasonsSelection } from "./status-reasons.js";
export type { LiveLimits, LiveTimes } from "./options.js";
export { TooManySubscriptionsError } from "./subscription-permits.js";
