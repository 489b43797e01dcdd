export { Loaders } from "./loaders.js";
export { metricsToFilterBy, passingHere, statesToAsk } from "./live-agent-filter.js";
export type { LiveAgentFilter } from "./live-agent-filter.js";
export { observedAgents } from "./observed-agents.js";
export type { AgentTime, OperationAgentDemand } from "./observed-agents.js";
export { sortedUsages } from "./reason-usage.loader.js";
export type { ReasonUsageRecord, ReasonUsages } from "./reason-usage.loader.js";
