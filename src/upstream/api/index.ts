export { AccessTokenApi } from "./access-token.api.js";
export { AgentState, loggedInStates } from "./agent-state.js";
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
export { StatusReasonApi } from "./status-reason.api.js";
export type { Revised, StatusReasonList } from "./status-reason.api.js";
export type { NewStatusReason, StatusReasonChange, StatusReasonRecord } from "./status-reason.record.js";
export { textKey } from "./status-reason.text.js";
export { unreadableNotes } from "./unreadable.js";
export type { Unreadable } from "./unreadable.js";
