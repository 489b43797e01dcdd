export { Loaders } from "./loaders.js";
export {
  dependsOnTime,
  metricsToFilterBy,
  msInReason,
  msInState,
  passingHere,
  statesToAsk,
} from "./live-agent-filter.js";
export type { LiveAgentFilter } from "./live-agent-filter.js";
export type { AllLiveAgents } from "./live-agent.loader.js";
export { orderById } from "./live-agent.loader.js";
export { LiveAgentOrderField, SortDirection } from "./live-agent-order.js";
export type { LiveAgentOrder } from "./live-agent-order.js";
export { observedAgents } from "./observed-agents.js";
export type { AgentTime, OperationAgentDemand } from "./observed-agents.js";
export { sortedUsages } from "./reason-usage.loader.js";
export type { ReasonUsageRecord, ReasonUsages } from "./reason-usage.loader.js";
