import { compareIds } from "../lib/index.js";
import { AgentState, withMetrics } from "../upstream/api/index.js";
import type { AgentDemand, AgentMetric, AgentRecord, AgentView } from "../upstream/api/index.js";
import { msInReason, msInState } from "./live-agent-filter.js";

/** What the agents of the live view are sorted by. */
export const LiveAgentOrderField = {
  ID: "ID",
  NAME: "NAME",
  STATE: "STATE",
  LOAD: "LOAD",
  STATE_TIME: "STATE_TIME",
  REASON_TIME: "REASON_TIME",
} as const;

export type LiveAgentOrderField = (typeof LiveAgentOrderField)[keyof typeof LiveAgentOrderField];

export const SortDirection = { ASC: "ASC", DESC: "DESC" } as const;

export type SortDirection = (typeof SortDirection)[keyof typeof SortDirection];

export interface LiveAgentOrder {
  readonly by: LiveAgentOrderField;
  readonly direction: SortDirection;
}

const metricsToSortBy: Record<LiveAgentOrderField, readonly AgentMetric[]> = {
  ID: [],
  NAME: [],
  STATE: ["state"],
  LOAD: ["load"],
  STATE_TIME: ["since"],
  REASON_TIME: ["reason", "reasonSince"],
};

/** Adds to a demand what {@link sortAgents} reads of an agent. */
export function withSortKeys<Demand extends AgentDemand>(demand: Demand, { by }: LiveAgentOrder): Demand {
  const all = withMetrics(demand, metricsToSortBy[by]);
  return by === LiveAgentOrderField.NAME && !all.metadata ? { ...all, metadata: true } : all;
}

const stateOrder = new Map(Object.values(AgentState).map((state, index) => [state, index]));

/** A language of its own, so that all machines sort alike: without one, a machine's locale decides. */
const { compare: compareNames } = new Intl.Collator("en");

type SortKey = number | string | null | undefined;

/** null and undefined: sorted last in both directions. */
const sortKeys: Record<
  Exclude<LiveAgentOrderField, "ID">,
  (agent: AgentRecord, observedAtMs: number) => SortKey
> = {
  NAME: ({ name }) => name,
  STATE: ({ status }) => status && stateOrder.get(status.state),
  LOAD: ({ status }) => status?.load,
  STATE_TIME: ({ status }, observedAtMs) => msInState(status, observedAtMs),
  REASON_TIME: ({ status }, observedAtMs) => msInReason(status, observedAtMs),
};

/**
 * Sorts a whole view. Agents with equal keys are in ascending order of their ids, as numbers; those whose key is unknown
 * are last in both directions. By id, the order is the upstream's.
 */
export function sortAgents(
  { agents, observedAtMs }: Pick<AgentView, "agents" | "observedAtMs">,
  { by, direction }: LiveAgentOrder,
): readonly AgentRecord[] {
  const isAscending = direction === SortDirection.ASC;
  if (by === LiveAgentOrderField.ID) return isAscending ? agents : agents.toReversed();
  const keyOf = sortKeys[by];
  const sign = isAscending ? 1 : -1;
  return agents
    .map((agent) => ({ agent, key: keyOf(agent, observedAtMs) ?? null }))
    .sort((one, other) => compareKeys(one.key, other.key, sign) || compareIds(one.agent.id, other.agent.id))
    .map(({ agent }) => agent);
}

function compareKeys(one: number | string | null, other: number | string | null, sign: 1 | -1): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  const order =
    typeof one === "number" && typeof other === "number"
      ? one - other
      : compareNames(String(one), String(other));
  return sign * order;
}
