import { compareOptionalIds } from "../lib/index.js";
import { viewStates, windowKey } from "../upstream/api/index.js";
import type { AgentDemand, AgentRecord, ViewWindow } from "../upstream/api/index.js";
import type { AllLiveAgents, LiveAgentLoader } from "./live-agent.loader.js";
import type { LiveAgentFilter } from "./live-agent-filter.js";
import { windowOf } from "./observed-agents.js";
import type { AgentTime } from "./observed-agents.js";

/** How much of a window's time agents gave one reason. */
export interface ReasonUsageRecord {
  /** null: time without a reason. */
  readonly reasonId: string | null;
  readonly agents: ReadonlySet<AgentRecord>;
  /** Sums of fractions of seconds would not be exact. */
  readonly milliseconds: number;
}

/** The use of all reasons within a window. */
export interface ReasonUsages extends Pick<AgentTime, "from" | "to"> {
  readonly byReason: ReadonlyMap<string | null, ReasonUsageRecord>;
  /** How many agents the time is of. */
  readonly agentCount: number;
  readonly milliseconds: number;
  /** Whether there are more agents than the upstream shows. */
  readonly truncated: boolean;
}

/** Which agents' reasons, and of which window: undefined is the last 24 hours. */
export interface UsageQuestion {
  readonly accountId: string;
  readonly filter: LiveAgentFilter;
  readonly window: ViewWindow | undefined;
}

const reasonTimes: AgentDemand = { metrics: new Set(), metadata: false, durations: new Set(["reasons"]) };

/** Counts the use of reasons over whole views, one for each account, window and filter. */
export class ReasonUsageLoader {
  /** By account and window, without a filter. */
  readonly #ofAll = new Map<string, Promise<ReasonUsages>>();

  constructor(private readonly agents: Pick<LiveAgentLoader, "loadAll">) {}

  /** Includes agents who have logged out since, unless the filter names states. */
  async load({ accountId, filter, window }: UsageQuestion): Promise<ReasonUsages> {
    const states = filter.states ?? viewStates;
    const question = { accountId, filter: { ...filter, states }, window };
    return usagesOf(await this.agents.loadAll(question, reasonTimes));
  }

  /** The use of one reason by all agents; one call for all reasons of an account and window. */
  async loadByReason(
    accountId: string,
    reasonId: string,
    window: ViewWindow | undefined,
  ): Promise<ReasonUsageRecord> {
    const key = `${accountId} ${window === undefined ? "" : windowKey(window)}`;
    const loading = this.#ofAll.get(key) ?? this.load({ accountId, filter: {}, window });
    this.#ofAll.set(key, loading);
    const { byReason } = await loading;
    return byReason.get(reasonId) ?? { reasonId, agents: new Set(), milliseconds: 0 };
  }
}

interface Sums {
  readonly reasonId: string | null;
  readonly agents: Set<AgentRecord>;
  milliseconds: number;
}

/** Passes once over the agents and their reasons. An agent may have given a reason in several states. */
function usagesOf({ nodes, time, truncated }: AllLiveAgents): ReasonUsages {
  const byReason = new Map<string | null, Sums>();
  let agentCount = 0;
  let total = 0;
  for (const agent of nodes) {
    const reasons = agent.time?.reasons ?? [];
    if (reasons.length > 0) agentCount += 1;
    for (const { reasonId, seconds } of reasons) {
      const milliseconds = Math.round(seconds * 1000);
      total += milliseconds;
      addTime(byReason, { reasonId, agents: [agent], milliseconds });
    }
  }
  return { ...windowOf({ time }), byReason, agentCount, milliseconds: total, truncated };
}

/** Who gave a reason, and for how long together. */
interface SpentTime extends Omit<ReasonUsageRecord, "agents"> {
  readonly agents: Iterable<AgentRecord>;
}

function addTime(sums: Map<string | null, Sums>, { reasonId, agents, milliseconds }: SpentTime): void {
  let sum = sums.get(reasonId);
  if (sum === undefined) sums.set(reasonId, (sum = { reasonId, agents: new Set(), milliseconds: 0 }));
  sum.milliseconds += milliseconds;
  for (const agent of agents) sum.agents.add(agent);
}

/**
 * Sorts usages: most time first, and of the same time by id.
 *
 * @param exists whether there is a reason; time for one that there is not is time without a reason
 */
export function sortedUsages(
  { byReason }: Pick<ReasonUsages, "byReason">,
  exists: (reasonId: string) => boolean,
): ReasonUsageRecord[] {
  const merged = new Map<string | null, Sums>();
  for (const usage of byReason.values()) {
    const { reasonId } = usage;
    addTime(merged, { ...usage, reasonId: reasonId !== null && exists(reasonId) ? reasonId : null });
  }
  return [...merged.values()].sort(
    (one, other) => other.milliseconds - one.milliseconds || compareOptionalIds(one.reasonId, other.reasonId),
  );
}
