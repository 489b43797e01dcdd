import type { ViewState } from "./agent-state.js";
import { windowKey } from "./view-window.js";
import type { ViewTime, ViewWindow } from "./view-window.js";
import type { AgentViewQueryWire } from "../../wire/index.js";

/** The wire name of each metric of an agent's status. */
const metricNames = {
  state: "agent_current_status",
  since: "agent_current_status_start_time",
  reason: "agent_current_status_reason",
  reasonSince: "agent_current_status_reason_start_time",
  load: "agent_load",
  activeConversations: "active_conversations",
  assignedConversations: "assigned_conversations",
  maxSlots: "max_slots",
  availableSlots: "available_slots",
} as const;

export type AgentMetric = keyof typeof metricNames;

export const agentMetrics = Object.keys(metricNames) as readonly AgentMetric[];

/** The wire name of each metric of an agent's time within the window. */
const durationNames = {
  states: "agent_status_duration",
  reasons: "agent_status_with_reason_duration",
  loggedIn: "agent_login_duration",
  online: "agent_online_duration",
} as const;

export type AgentDuration = keyof typeof durationNames;

export const agentDurations = Object.keys(durationNames) as readonly AgentDuration[];

/** The parts of an agent that are asked for; the upstream sends no others. */
export interface AgentDemand {
  readonly metrics: ReadonlySet<AgentMetric>;
  /** Names, picture and skills. */
  readonly metadata: boolean;
  /** How the agent spent the time of the window; none if left out. */
  readonly durations?: ReadonlySet<AgentDuration>;
}

/** Which agents to show; a part that is left out matches all. */
export interface AgentViewFilter {
  readonly agentIds?: readonly string[];
  readonly states: readonly ViewState[];
  readonly groupIds?: readonly string[] | null | undefined;
  readonly skillIds?: readonly string[] | null | undefined;
  /** Agents who were logged in within it, and the time that durations are of. Default: the last 24 hours. */
  readonly window?: ViewWindow | undefined;
}

/** The body of a query, and its part that does not depend on when it is sent. */
export interface EncodedQuery {
  readonly body: string;
  readonly sharingKey: string;
}

/** @param time of the filter's window */
export function encodeQuery(filter: AgentViewFilter, demand: AgentDemand, time: ViewTime): EncodedQuery {
  const { agentIds, states, groupIds, skillIds, window } = filter;
  const filters: Omit<AgentViewQueryWire["filters"], "time"> = {
    ...(agentIds && { agentIds }),
    ...(groupIds && { agentGroupIds: groupIds }),
    ...(skillIds && { agentSkillIds: skillIds }),
    effectiveAgentStatus: states,
  };
  const query: Omit<AgentViewQueryWire, "filters"> = {
    includeAgentMetadata: demand.metadata,
    metricsToRetrieveCurrentValue: Array.from(demand.metrics, (metric) => metricNames[metric]),
    metricsToRetrieveByTime: Array.from(demand.durations ?? [], (duration) => durationNames[duration]),
  };
  const timeless = JSON.stringify({ filters, ...query });
  // Hot path: the time, which moves with every call, is inserted into the text, so that ids are serialized once.
  const body = timeless.replace(`{"filters":{`, `$&"time":${JSON.stringify(time)},`);
  return { body, sharingKey: window === undefined ? timeless : `${windowKey(window)} ${timeless}` };
}
