import { agentViewCap, withMetrics } from "../upstream/api/index.js";
import type {
  AgentRecord,
  AgentView,
  AgentViewFilter,
  AgentViewRange,
  ViewWindow,
} from "../upstream/api/index.js";
import type { AgentViewLoader } from "./agent-view.loader.js";
import { wholeRange } from "./agent-view.loader.js";
import { metricsToFilterBy, passingHere, statesToAsk } from "./live-agent-filter.js";
import type { LiveAgentFilter } from "./live-agent-filter.js";
import { withTimes } from "./observed-agents.js";
import type { OperationAgentDemand } from "./observed-agents.js";
import { LiveAgentOrderField, sortAgents, SortDirection, withSortKeys } from "./live-agent-order.js";
import type { LiveAgentOrder } from "./live-agent-order.js";

/** One page of the live view. */
export interface LiveAgents {
  readonly nodes: readonly AgentRecord[];
  readonly totalCount: number;
  /** Whether there are more agents than the upstream shows. */
  readonly truncated: boolean;
}

/** All agents of a view that pass a filter, when they were observed, and the time that their durations are of. */
export interface AllLiveAgents extends LiveAgents, Pick<AgentView, "observedAtMs" | "time"> {}

/** Which agents of a view. */
export interface AllLiveAgentsQuestion {
  readonly accountId: string;
  readonly filter: LiveAgentFilter;
  /** Default: the last 24 hours. */
  readonly window?: ViewWindow | undefined;
}

/** Which agents of the live view, in which order. */
export interface LiveAgentsQuestion {
  readonly accountId: string;
  readonly filter: LiveAgentFilter;
  readonly order: LiveAgentOrder;
}

type ReasonGroups = ReadonlyMap<string, readonly AgentRecord[]>;

/** The order of {@link LiveAgentLoader.load} unless the caller names another: the upstream's own. */
export const orderById: LiveAgentOrder = { by: LiveAgentOrderField.ID, direction: SortDirection.ASC };

/** Loads agents of the live view. What needs the same whole view shares it. */
export class LiveAgentLoader {
  /** The agents of each whole view by reason. */
  readonly #byReason = new WeakMap<AgentView, ReasonGroups>();

  /** The agents of each whole view in the orders that were asked for. */
  readonly #sorted = new WeakMap<AgentView, Map<string, readonly AgentRecord[]>>();

  constructor(private readonly views: AgentViewLoader) {}

  /**
   * Loads one page. The upstream filters by state, group and skill, and sorts by id. For everything else the whole view is
   * fetched, and filtered and sorted here.
   */
  async load(
    { accountId, filter, order }: LiveAgentsQuestion,
    { offset, limit }: AgentViewRange,
    demand: OperationAgentDemand,
  ): Promise<LiveAgents> {
    const passing = passingHere(filter);
    if (passing === undefined && order.by === LiveAgentOrderField.ID) {
      const range = { offset, limit, descending: order.direction === SortDirection.DESC };
      const view = await this.views.load({ accountId, filter: shownBy(filter), range, demand });
      return pageOf(view, view.agents, view.totalCount, demand);
    }
    const view = await this.#whole({ accountId, filter }, withSortKeys(demand, order));
    const sorted = this.#inOrder(view, order);
    const agents = passing ? sorted.filter((agent) => passing(agent, view.observedAtMs)) : sorted;
    const totalCount = passing ? agents.length : view.totalCount;
    return pageOf(view, agents.slice(offset, offset + limit), totalCount, demand);
  }

  /** Loads all agents that pass a filter and that the upstream shows. Their times of the window are as decoded. */
  async loadAll(question: AllLiveAgentsQuestion, demand: OperationAgentDemand): Promise<AllLiveAgents> {
    const { agents, totalCount, observedAtMs, time } = await this.#whole(question, demand);
    const passing = passingHere(question.filter);
    const nodes = passing ? agents.filter((agent) => passing(agent, observedAtMs)) : agents;
    const truncated = totalCount > agentViewCap;
    return { nodes, totalCount: passing ? nodes.length : totalCount, truncated, observedAtMs, time };
  }

  /** Loads the agents who have one reason; one call for the whole view serves all reasons of an account. */
  async loadByReason(
    accountId: string,
    reasonId: string,
    { offset, limit }: AgentViewRange,
    demand: OperationAgentDemand,
  ): Promise<LiveAgents> {
    const view = await this.#whole({ accountId, filter: {} }, withMetrics(demand, ["reason"]));
    const agents = this.#ofReason(view, reasonId);
    return pageOf(view, agents.slice(offset, offset + limit), agents.length, demand);
  }

  /** Counts the agents that {@link loadByReason} loads. */
  async countByReason(accountId: string, reasonId: string, demand: OperationAgentDemand): Promise<number> {
    const view = await this.#whole({ accountId, filter: {} }, withMetrics(demand, ["reason"]));
    return this.#ofReason(view, reasonId).length;
  }

  #ofReason(view: AgentView, reasonId: string): readonly AgentRecord[] {
    const groups = this.#byReason.get(view) ?? groupByReason(view.agents);
    this.#byReason.set(view, groups);
    return groups.get(reasonId) ?? [];
  }

  #whole(
    { accountId, filter, window }: AllLiveAgentsQuestion,
    demand: OperationAgentDemand,
  ): Promise<AgentView> {
    const needed = withMetrics(demand, metricsToFilterBy(filter));
    const shown = { ...shownBy(filter), window };
    return this.views.load({ accountId, filter: shown, range: wholeRange, demand: needed });
  }

  /** Sorts each view once for each order, however many fields ask for it. */
  #inOrder(view: AgentView, order: LiveAgentOrder): readonly AgentRecord[] {
    const sorted = this.#sorted.get(view) ?? new Map<string, readonly AgentRecord[]>();
    this.#sorted.set(view, sorted);
    const key = `${order.by} ${order.direction}`;
    const known = sorted.get(key) ?? sortAgents(view, order);
    sorted.set(key, known);
    return known;
  }
}

/** @param agents those of the view who are on the page */
function pageOf(
  view: AgentView,
  agents: readonly AgentRecord[],
  totalCount: number,
  demand: OperationAgentDemand,
): LiveAgents {
  return { nodes: withTimes(agents, view, demand), totalCount, truncated: view.totalCount > agentViewCap };
}

/** The part of a filter that the upstream applies. */
function shownBy({ states, groupIds, skillIds }: LiveAgentFilter): AgentViewFilter {
  return { states: statesToAsk(states), groupIds, skillIds };
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
