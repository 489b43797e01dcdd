import type { AgentMetadataWire, AgentViewRecordWire } from "../../wire/index.js";

import { durationParts } from "./durations.js";
import type { AgentMetric, AgentViewQuery } from "./query.js";
import type { AgentRoster, EmulatedAgent } from "../data/index.js";
import { numeric } from "../http.js";

type RecordPart = Partial<AgentViewRecordWire>;

/** What each metric adds to an agent's record. */
const metricParts: Readonly<Record<AgentMetric, (agent: EmulatedAgent) => RecordPart>> = {
  agent_current_status: ({ status }) => ({ agentCurrentStatus: status }),
  agent_current_status_start_time: ({ statusSince }) => ({ agentCurrentStatusStartTime: statusSince }),
  agent_current_status_reason: reasonPart,
  agent_current_status_reason_start_time: ({ reasonSince }) =>
    reasonSince === undefined ? {} : { agentCurrentStatusReasonStartTime: reasonSince },
  agent_load: (agent) => ({ agentLoad: loadOf(agent) }),
  active_conversations: ({ activeConversations }) => ({ activeConversations }),
  assigned_conversations: ({ assignedConversations }) => ({ assignedConversations }),
  max_slots: ({ maxSlots }) => ({ maxSlots }),
  // The emulator has no conversations, so none is pending.
  pending_agent_response: () => ({ pendingAgentResponse: 0 }),
  pending_agent_response_rate: () => ({ pendingAgentResponseRate: 0 }),
  available_slots: ({ maxSlots, assignedConversations }) => ({
    availableSlots: Math.max(0, maxSlots - assignedConversations),
  }),
};

/** The record of an agent in the view: the requested metrics, in the agent's spelling. */
export function agentViewRecord(
  agent: EmulatedAgent,
  query: AgentViewQuery,
  { history }: AgentRoster,
): AgentViewRecordWire {
  const record: AgentViewRecordWire = {
    agentId: agent.spelling.numericIds ? numeric(agent.id) : agent.id,
    agentGroupId: numeric(agent.group.id),
  };
  for (const metric of query.metrics) Object.assign(record, metricParts[metric](agent));
  Object.assign(record, durationParts(agent, query, history));
  return query.includeMetadata ? { ...record, agentMetadata: metadataOf(agent) } : record;
}

function reasonPart({ reasonId, spelling }: EmulatedAgent): RecordPart {
  const value = reasonId ?? (spelling.noReason === "NA" ? "NA" : undefined);
  return value === undefined ? {} : { [spelling.reasonField]: value };
}

/** The share of the slots in use, rounded to three decimals. */
export function loadOf({ assignedConversations, maxSlots }: EmulatedAgent): number {
  return maxSlots === 0 ? 0 : Math.round((1000 * assignedConversations) / maxSlots) / 1000;
}

function metadataOf(agent: EmulatedAgent): AgentMetadataWire {
  return {
    agentName: agent.name,
    agentNickname: agent.nickname,
    agentLoginName: agent.loginName,
    agentGroupName: agent.group.name,
    agentPictureUrl: agent.pictureUrl,
    configuredMaxSlots: agent.maxSlots,
    agentSkills: agent.skills.map(({ id, name }) => ({
      skillId: agent.spelling.numericIds ? numeric(id) : id,
      skillName: name,
    })),
  };
}
