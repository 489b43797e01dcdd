export type { LoginWire } from "./access.wire.js";
export { statusChangesCap } from "./agent-activity.wire.js";
export type { StatusChangesWire, StatusChangeWire } from "./agent-activity.wire.js";
export { agentViewCap } from "./agent-view.wire.js";
export type {
  AgentMetadataWire,
  AgentStatusDurationWire,
  AgentViewQueryWire,
  AgentViewRecordWire,
} from "./agent-view.wire.js";
export type { BaseUriWire, ServiceName } from "./service.wire.js";
export { maxReasonTextLength, revisionHeaders } from "./status-reason.wire.js";
export type { NewStatusReasonWire, StatusReasonWire, WireId } from "./status-reason.wire.js";
