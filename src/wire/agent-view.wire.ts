import type { WireId } from "./status-reason.wire.js";

/** The most agents that the view shows: `offset + limit` may not exceed it. */
export const agentViewCap = 1000;

/** `POST /manager_workspace/api/account/{accountId}/agent_view`: the body of the request. */
export interface AgentViewQueryWire {
  filters: {
    /** Required: epoch milliseconds, a window of at most 24 hours. */
    time: { from: number; to: number };
    agentIds?: readonly string[];
    agentGroupIds?: readonly string[];
    agentSkillIds?: readonly string[];
    userTypes?: readonly string[];
    /** Default ONLINE, BACK_SOON, AWAY. OFFLINE adds agents logged in within the window and out now. */
    effectiveAgentStatus?: readonly string[];
  };
  includeAgentMetadata: boolean;
  metricsToRetrieveCurrentValue: readonly string[];
  /**
   * `agent_status_duration`, `agent_status_with_reason_duration`, `agent_login_duration` and `agent_online_duration`:
   * milliseconds within `time`, which is rounded outward to whole minutes.
   */
  metricsToRetrieveByTime: readonly string[];
}

/** One agent of the view. */
export interface AgentViewRecordWire {
  agentId: WireId;
  agentGroupId?: WireId;
  /** ONLINE, AWAY, BACK_SOON, OFFLINE and OCCUPIED have been seen. */
  agentCurrentStatus?: string;
  /** Epoch milliseconds. */
  agentCurrentStatusStartTime?: number;
  /** "NA" or nothing: no reason. Examples and real traffic use this name. */
  agentCurrentStatusReasonId?: WireId;
  /** The name the documentation's table gives to the same thing. */
  agentCurrentStatusReason?: WireId;
  /** Epoch milliseconds. */
  agentCurrentStatusReasonStartTime?: number;
  activeConversations?: number;
  assignedConversations?: number;
  agentLoad?: number;
  maxSlots?: number;
  availableSlots?: number;
  pendingAgentResponse?: number;
  pendingAgentResponseRate?: number;
  /** `agent_status_duration`: without time in OFFLINE. */
  agentStatusDurationList?: AgentStatusDurationWire[];
  /** `agent_status_with_reason_duration`: the durations of the other list, split by reason. */
  agentStatusWithReasonDurationList?: (AgentStatusDurationWire & {
    /** "NA" or nothing: no reason. */
    agentStatusReasonId?: WireId;
  })[];
  /** `agent_login_duration`, in milliseconds. */
  loginDuration?: number;
  /** `agent_online_duration`, in milliseconds. */
  onlineDuration?: number;
  agentMetadata?: AgentMetadataWire;
}

/** How long an agent was in a status within the window of the query. */
export interface AgentStatusDurationWire {
  agentStatus: string;
  /** Milliseconds. */
  agentStatusDuration: number;
}

export interface AgentMetadataWire {
  agentName?: string;
  agentNickname?: string;
  agentLoginName?: string;
  agentGroupName?: string;
  agentPictureUrl?: string;
  configuredMaxSlots?: number;
  agentSkills?: { skillId: WireId; skillName?: string }[];
}
