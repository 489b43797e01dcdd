export { AccessTokenApi } from "./access-token.api.js";
export { AgentState, loggedInStates, viewStates } from "./agent-state.js";
export type { KnownAgentState, ViewState } from "./agent-state.js";
export { agentViewCap, maxReasonTextLength } from "../../wire/index.js";
export { AgentViewApi, agentMetrics } from "./agent-view.api.js";
export type {
  AgentDemand,
  AgentMetric,
  AgentView,
  AgentViewFilter,
  AgentViewRange,
} from "./agent-view.api.js";
export { unseenAgent } from "./agent.record.js";
export type { AgentRecord } from "./agent.record.js";
export { LoginApi } from "./login.api.js";
export { upstreamOperations } from "./operations.js";
export { anyRevision } from "./revision.js";
export type { Revised } from "./revision.js";
export { StatusReasonApi } from "./status-reason.api.js";
export type { StatusReasonList } from "./status-reason.api.js";
export { textKey } from "./status-reason.record.js";
export type { NewStatusReason, StatusReasonChange, StatusReasonRecord } from "./status-reason.record.js";
export { createSkipReporter } from "./record-list.js";
export type { SkippedRecords } from "./record-list.js";
