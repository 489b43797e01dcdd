import DataLoader from "dataloader";

import { AgentState, agentViewCap, loggedInStates } from "../upstream/api/index.js";
import type {
  AgentDemand,
  AgentMetric,
  AgentRecord,
  AgentView,
  AgentViewApi,
  AgentViewFilter,
  AgentViewRange,
  KnownAgentState,
  ViewState,
} from "../upstream/api/index.js";
import type { CallContext } from "../upstream/http/index.js";
import { startedTogether } from "./started-loads.js";
import type { StartedLoad } from "./started-loads.js";

/** A filter of the live view; a part that is left out or null matches all agents. */
export interface LiveAgentFilter {
  readonly states?: readonly KnownAgentState[] | null | undefined;
  readonly reasonIds?: readonly string[] | null | undefined;
  readonly groupIds?: readonly string[] | null | undefined;
  readonly skillIds?: readonly string[] | null | undefined;
}

/** One page of the live view. */
export interface LiveAgents {
  readonly nodes: readonly AgentRecord[];
  readonly totalCount: number;
  /** Whether there are more agents than the upstream shows. */
  readonly truncated: boolean;
}

interface ViewKey {
  readonly accountId: string;
  readonly filter: AgentViewFilter;
  readonly range: AgentViewRange;
  readonly demand: AgentDemand;
}

type ReasonGroups = ReadonlyMap<string, readonly AgentRecord[]>;

/** All agents that the upstream shows of an account. */
const wholeRange: AgentViewRange = { offset: 0, limit: agentViewCap };

/** Loads pages of the live view; loads of the same page share one call. */
export class LiveAgentLoader {
  readonly #views = new DataLoader<ViewKey, StartedLoad<AgentView>, string>(
    (keys) => Promise.resolve(startedTogether(keys.map((key) => this.#fetch(key)))),
    { cacheKeyFn: viewCacheKey },
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
    { reasonIds, states, groupIds, skillIds }: LiveAgentFilter,
    range: AgentViewRange,
    demand: AgentDemand,
  ): Promise<LiveAgents> {
    const filter = { states: statesToAsk(states), groupIds, skillIds };
    const statesHere = states?.includes(AgentState.OCCUPIED) === true ? states : null;
    if (!reasonIds && statesHere === null) {
      const { agents, totalCount } = await this.#view({ accountId, filter, range, demand });
      return { nodes: agents, totalCount, truncated: totalCount > agentViewCap };
    }
    const needed = withMetrics(demand, [...(reasonIds ? reasonOnly : []), ...(statesHere ? stateOnly : [])]);
    const { agents, totalCount } = await this.#view({
      accountId,
      filter,
      range: wholeRange,
      demand: needed,
    });
    const matching = agents.filter(passing(reasonIds, statesHere));
    return pageOf(matching, range, totalCount > agentViewCap);
  }

  /** Loads the agents that give one reason; one call for the whole view serves all reasons of an account. */
  async loadByReason(
    accountId: string,
    reasonId: string,
    range: AgentViewRange,
    demand: AgentDemand,
  ): Promise<LiveAgents> {
    const filter = { states: loggedInStates };
    const whole = { accountId, filter, range: wholeRange, demand: withMetrics(demand, reasonOnly) };
    const view = await this.#view(whole);
    const groups = this.#byReason.get(view) ?? groupByReason(view.agents);
    this.#byReason.set(view, groups);
    return pageOf(groups.get(reasonId) ?? [], range, view.totalCount > agentViewCap);
  }

  async #view(key: ViewKey): Promise<AgentView> {
    return (await this.#views.load(key)).result;
  }

  #fetch({ accountId, filter, range, demand }: ViewKey): Promise<AgentView> {
    return this.api.view(this.call, accountId, filter, range, demand);
  }
}

/** The demand is the same for the whole operation, except for the metrics that a filter here adds. */
function viewCacheKey({ accountId, filter, range, demand: { metrics } }: ViewKey): string {
  return JSON.stringify([accountId, filter, range, metrics.has("reason"), metrics.has("state")]);
}

const reasonOnly = ["reason"] as const;
const stateOnly = ["state"] as const;

function withMetrics({ metrics, metadata }: AgentDemand, more: readonly AgentMetric[]): AgentDemand {
  return { metrics: new Set([...metrics, ...more]), metadata };
}

/** The states to ask for; OCCUPIED agents are among those logged in. */
function statesToAsk(states: LiveAgentFilter["states"]): readonly ViewState[] {
  if (!states) return loggedInStates;
  const askable = new Set(states.filter((state) => state !== AgentState.OCCUPIED));
  if (!states.includes(AgentState.OCCUPIED)) return [...askable];
  return askable.has(AgentState.OFFLINE) ? [...loggedInStates, AgentState.OFFLINE] : loggedInStates;
}

/** @param states null: the upstream has filtered them */
function passing(
  reasonIds: LiveAgentFilter["reasonIds"],
  states: readonly AgentState[] | null,
): (agent: AgentRecord) => boolean {
  const reasons = reasonIds && new Set(reasonIds);
  const wanted = states && new Set(states);
  return ({ status }) =>
    status !== null &&
    (!wanted || wanted.has(status.state)) &&
    (!reasons || (status.reasonId !== null && reasons.has(status.reasonId)));
}

function pageOf(
  agents: readonly AgentRecord[],
  { offset, limit }: AgentViewRange,
  truncated: boolean,
): LiveAgents {
  return { nodes: agents.slice(offset, offset + limit), totalCount: agents.length, truncated };
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
