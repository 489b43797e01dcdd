import { compareOptionalIds } from "../../lib/index.js";
import type { AllLiveAgents } from "../../loaders/index.js";
import { AgentState } from "../shared.types.js";
import type { StatusReason } from "../status-reason/index.js";
import type { Agent } from "./agent.type.js";
import type { GroupCount, LiveSummary, ReasonCount, SkillCount, StateCount } from "./live-summary.type.js";

/** Summarizes agents. Each list is counted when it is read, so that those not selected cost nothing. */
export function summaryOf(
  accountId: string,
  { nodes, totalCount, truncated, observedAtMs }: AllLiveAgents,
): LiveSummary {
  return {
    accountId,
    agents: nodes,
    totalCount,
    truncated,
    observedAt: new Date(observedAtMs),
    get states() {
      return countStates(nodes);
    },
    get groups() {
      return countGroups(nodes);
    },
    get skills() {
      return countSkills(nodes);
    },
  };
}

function countStates(agents: readonly Agent[]): StateCount[] {
  const counts = new Map<AgentState, number>();
  for (const { status } of agents) if (status !== null) increment(counts, status.state);
  return Object.values(AgentState)
    .flatMap((state) => ({ state, agentCount: counts.get(state) ?? 0 }))
    .filter(({ agentCount }) => agentCount > 0)
    .sort((one, other) => other.agentCount - one.agentCount);
}

function countGroups(agents: readonly Agent[]): GroupCount[] {
  const counts = new Counts<Agent["group"]>();
  for (const { group } of agents) counts.add(group?.id ?? null, group);
  return counts.sorted().map(({ item, agentCount }) => ({ group: item, agentCount }));
}

function countSkills(agents: readonly Agent[]): SkillCount[] {
  const counts = new Counts<Agent["skills"][number]>();
  for (const { skills } of agents) {
    const seen = new Set<string>();
    for (const skill of skills) {
      if (!seen.has(skill.id)) counts.add(skill.id, skill);
      seen.add(skill.id);
    }
  }
  return counts.sorted().map(({ item, agentCount }) => ({ skill: item, agentCount }));
}

/** The reason of an id: null if there is none any more, an Error if its lookup failed. */
export type FoundReason = StatusReason | Error | null;

/** How many agents have each reason, by its id; null for agents without one. */
export function countReasonIds(agents: readonly Agent[]): ReadonlyMap<string | null, number> {
  const counts = new Map<string | null, number>();
  for (const { status } of agents) if (status !== null) increment(counts, status.reasonId);
  return counts;
}

/** @param reasons of the ids in `counts` */
export function countReasons(
  counts: ReadonlyMap<string | null, number>,
  reasons: ReadonlyMap<string, FoundReason>,
): ReasonCount[] {
  const found = new Counts<FoundReason>();
  for (const [id, count] of counts) {
    const reason = id === null ? null : (reasons.get(id) ?? null);
    found.add(reason === null ? null : id, reason, count);
  }
  return found.sorted().map(({ item, agentCount }) => ({ reason: item, agentCount }));
}

interface Count<T> {
  readonly id: string | null;
  readonly item: T;
  agentCount: number;
}

/** Counts of items by their ids. */
class Counts<T> {
  readonly #counts = new Map<string | null, Count<T>>();

  add(id: string | null, item: T, count = 1): void {
    const known = this.#counts.get(id);
    if (known === undefined) this.#counts.set(id, { id, item, agentCount: count });
    else known.agentCount += count;
  }

  /** The most frequent first; what is as frequent in the order of the ids, without an id last. */
  sorted(): Count<T>[] {
    return [...this.#counts.values()].sort(
      (one, other) => other.agentCount - one.agentCount || compareOptionalIds(one.id, other.id),
    );
  }
}

function increment<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
