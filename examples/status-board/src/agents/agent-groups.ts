import type { AgentState, BoardAgentFragment } from "../gql/graphql.js";

/** Agents with the same reason, or without one. */
export interface ReasonGroup {
  /** The reason's id; empty for no reason. */
  readonly id: string;
  readonly text: string;
  readonly agents: readonly BoardAgentFragment[];
}

/** Agents in one state. */
export interface StateGroup {
  readonly state: AgentState;
  readonly count: number;
  /** The most frequent reason first. */
  readonly reasons: readonly ReasonGroup[];
}

const order: readonly AgentState[] = ["AWAY", "BACK_SOON", "OCCUPIED", "ONLINE", "OFFLINE", "UNKNOWN"];

/** Groups agents by state, and within a state by reason; omits states without agents. */
export function groupAgents(agents: readonly BoardAgentFragment[]): StateGroup[] {
  const byState = Map.groupBy(agents, (agent) => agent.status?.state ?? "UNKNOWN");
  return order.flatMap((state) => {
    const inState = byState.get(state);
    return inState === undefined ? [] : [{ state, count: inState.length, reasons: groupByReason(inState) }];
  });
}

function groupByReason(agents: readonly BoardAgentFragment[]): ReasonGroup[] {
  const byId = Map.groupBy(agents, (agent) => agent.status?.reason?.id ?? "");
  return [...byId]
    .map(([id, group]) => ({ id, text: group[0]?.status?.reason?.text ?? "No reason", agents: group }))
    .sort((one, other) => other.agents.length - one.agents.length);
}
