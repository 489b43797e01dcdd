import DataLoader from "dataloader";

import { agentViewCap, loggedInStates } from "../upstream/api/index.js";
import type {
  AgentDemand,
  AgentMetric,
  AgentRecord,
  AgentView,
  AgentViewApi,
  AgentViewFilter,
  AgentViewRange,
} from "../upstream/api/index.js";
import type { CallContext } from "../upstream/http/index.js";
import { startedTogether } from "./started-loads.js";
import type { StartedLoad } from "./started-loads.js";
import { withTimes } from "./observed-agents.js";
import type { OperationAgentDemand } from "./observed-agents.js";
import { metricsToFilterBy, passingHere, statesToAsk } from "./live-agent-filter.js";
import type { LiveAgentFilter } from "./live-agent-filter.js";

/** One page of the live view. */
export interface LiveAgents {
  readonly nodes: readonly AgentRecord[];
  readonly totalCount: number;
  /** Whether there are more agents than the upstream shows. */
  readonly truncated: boolean;
}

/** All agents of the live view who pass a filter, and the window that their durations are of. */
export interface AllLiveAgents extends LiveAgents, Pick<AgentView, "observedAtMs" | "time"> {}

/** Which agents to load; `window`: the last 24 hours if left out. */
export interface AllLiveAgentsQuestion {
  readonly accountId: string;
  readonly filter: LiveAgentFilter;
  readonly window?: AgentViewFilter["window"];
}

interface ViewKey {
  readonly accountId: string;
  readonly filter: AgentViewFilter;
  readonly range: AgentViewRange;
  readonly demand: OperationAgentDemand;
}

type ReasonGroups = ReadonlyMap<string, readonly AgentRecord[]>;

/** All agents that the upstream shows of an account. */
const wholeRange: AgentViewRange = { offset: 0, limit: agentViewCap };

/**
 * Loads pages of the live view. Loads of the same page share one call, which asks for all that those of one batch demand of
 * its agents.
 */
export class LiveAgentLoader {
  readonly #views = new DataLoader<ViewKey, StartedLoad<AgentView>, string>(
    (keys) => Promise.resolve(startedTogether(this.#fetchPages(keys))),
    { cacheKeyFn: (key) => pageKeyOf(key) + demandKeyOf(key.demand) },
  );

  /** The agents of each whole view by reason. */
  readonly #byReason = new WeakMap<AgentView, ReasonGroups>();

  constructor(
    private readonly api: AgentViewApi,
    private readonly call: CallContext,
  ) {}

  /**
   * Loads one page. The upstream cannot filter by reason or by OCCUPIED: for these the whole view is fetched and
   * filtered here.
   */
  async load(
    accountId: string,
    liveFilter: LiveAgentFilter,
    range: AgentViewRange,
    demand: OperationAgentDemand,
  ): Promise<LiveAgents> {
    const { states, groupIds, skillIds } = liveFilter;
    const filter = { states: statesToAsk(states), groupIds, skillIds };
    const passing = passingHere(liveFilter);
    if (passing === undefined) {
      const view = await this.#view({ accountId, filter, range, demand });
      const { totalCount } = view;
      const nodes = withTimes(view.agents, view, demand);
      return { nodes, totalCount, truncated: totalCount > agentViewCap };
    }
    const needed = withMetrics(demand, metricsToFilterBy(liveFilter));
    const view = await this.#view({ accountId, filter, range: wholeRange, demand: needed });
    return pageOf(view, view.agents.filter(passing), range, demand);
  }

  /** Loads all agents who pass, as far as the upstream shows them: one call. */
  async loadAll(question: AllLiveAgentsQuestion, demand: OperationAgentDemand): Promise<AllLiveAgents> {
    const { states, groupIds, skillIds } = question.filter;
    const filter = { states: statesToAsk(states), groupIds, skillIds, window: question.window };
    const view = await this.#view({
      accountId: question.accountId,
      filter,
      range: wholeRange,
      demand: withMetrics(demand, metricsToFilterBy(question.filter)),
    });
    const passing = passingHere(question.filter);
    const nodes = passing ? view.agents.filter(passing) : view.agents;
    return {
      nodes,
      totalCount: nodes.length,
      truncated: view.totalCount > agentViewCap,
      observedAtMs: view.observedAtMs,
      time: view.time,
    };
  }

  /** Loads the agents that give one reason; one call for the whole view serves all reasons of an account. */
  async loadByReason(
    accountId: string,
    reasonId: string,
    range: AgentViewRange,
    demand: OperationAgentDemand,
  ): Promise<LiveAgents> {
    const filter = { states: loggedInStates };
    const whole = { accountId, filter, range: wholeRange, demand: withMetrics(demand, reasonOnly) };
    const view = await this.#view(whole);
    const groups = this.#byReason.get(view) ?? groupByReason(view.agents);
    this.#byReason.set(view, groups);
    return pageOf(view, groups.get(reasonId) ?? [], range, demand);
  }

  async #view(key: ViewKey): Promise<AgentView> {
    return (await this.#views.load(key)).result;
  }

  #fetchPages(keys: readonly ViewKey[]): Promise<AgentView>[] {
    const demands = new Map<string, AgentDemand>();
    for (const key of keys) {
      const pageKey = pageKeyOf(key);
      demands.set(pageKey, unionOf(demands.get(pageKey), key.demand));
    }
    const pages = new Map<string, Promise<AgentView>>();
    return keys.map(({ accountId, filter, range, demand }) => {
      const pageKey = pageKeyOf({ accountId, filter, range });
      const page =
        pages.get(pageKey) ??
        this.api.view(this.call, accountId, filter, range, demands.get(pageKey) ?? demand);
      pages.set(pageKey, page);
      return page;
    });
  }
}

function pageKeyOf({ accountId, filter, range }: Omit<ViewKey, "demand">): string {
  return JSON.stringify([accountId, filter, range]);
}

function demandKeyOf({ metrics, metadata, durations }: AgentDemand): string {
  return JSON.stringify([[...metrics].sort(), metadata, [...(durations ?? [])].sort()]);
}

function unionOf(one: AgentDemand | undefined, other: AgentDemand): AgentDemand {
  if (one === undefined) return other;
  return {
    metrics: new Set([...one.metrics, ...other.metrics]),
    metadata: one.metadata || other.metadata,
    durations: new Set([...(one.durations ?? []), ...(other.durations ?? [])]),
  };
}

const reasonOnly = ["reason"] as const;

function withMetrics(demand: OperationAgentDemand, more: readonly AgentMetric[]): OperationAgentDemand {
  return { ...demand, metrics: new Set([...demand.metrics, ...more]) };
}

/** @param agents those of the view who pass */
function pageOf(
  view: AgentView,
  agents: readonly AgentRecord[],
  { offset, limit }: AgentViewRange,
  demand: OperationAgentDemand,
): LiveAgents {
  const nodes = withTimes(agents.slice(offset, offset + limit), view, demand);
  return { nodes, totalCount: agents.length, truncated: view.totalCount > agentViewCap };
}

function groupByReason(agents: readonly AgentRecord[]): ReasonGroups {
  const groups = new Map<string, AgentRecord[]>();
  for (const agent of agents) {
    const reasonId = agent.status?.reasonId;
    if (reasonId == null) continue;
    const group = groups.get(reasonId);
    if (group === undefined) groups.set(reasonId, [agent]);
    else group.push(agent);
  }
  return groups;
}
