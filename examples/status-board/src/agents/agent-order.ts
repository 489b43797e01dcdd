import { stateOrder } from "../agent-states.js";
import type { BoardAgent } from "./board-agent.js";

/** The columns that agents can be sorted by. */
export const sortColumns = ["name", "group", "state", "reason", "time", "limit", "load"] as const;

export type SortColumn = (typeof sortColumns)[number];

export interface AgentOrder {
  readonly column: SortColumn;
  readonly isDescending: boolean;
}

/** Whose limit ends first: the most overdue, then who is due next, then all without a limit, the longest first. */
export const defaultOrder: AgentOrder = { column: "limit", isDescending: false };

const { compare: compareTexts } = new Intl.Collator();

/** How two agents compare by a column: negative if the first one is first in ascending order. */
const comparisons: Readonly<Record<SortColumn, (one: BoardAgent, other: BoardAgent) => number>> = {
  name: (one, other) => compareTexts(one.name, other.name),
  group: (one, other) => compareTexts(one.group?.name ?? "", other.group?.name ?? ""),
  state: (one, other) => stateOrder.indexOf(one.state) - stateOrder.indexOf(other.state),
  reason: (one, other) => compareTexts(one.reason?.name ?? "", other.reason?.name ?? ""),
  // The later it began, the shorter it has lasted.
  time: (one, other) => difference(other.sinceMs ?? Infinity, one.sinceMs ?? Infinity),
  limit: (one, other) => difference(one.dueMs, other.dueMs),
  load: (one, other) => (one.load ?? 0) - (other.load ?? 0),
};

/** Sorts agents by a column. Agents who are equal in it come longest first, then by id. */
export function sortAgents(
  agents: readonly BoardAgent[],
  { column, isDescending }: AgentOrder,
): readonly BoardAgent[] {
  const sign = isDescending ? -1 : 1;
  return [...agents].sort(
    (one, other) =>
      sign * comparisons[column](one, other) ||
      comparisons.time(other, one) ||
      compareTexts(one.id, other.id),
  );
}

/** Subtracts numbers of which both may be Infinity. */
function difference(one: number, other: number): number {
  return one === other ? 0 : one - other;
}
