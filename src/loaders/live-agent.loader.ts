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
import { begunTogether } from "./begun.js";
import type { Begun } from "./begun.js";
import { metricsToFilterBy, passingHere, statesToAsk } from "./live-agent-filter.js";
import type { LiveAgentFilter } from "./live-agent-filter.js";

/** One page of the live view. */
export interface LiveAgents {
  readonly nodes: readonly AgentRecord[];
  readonly totalCount: number;
  /** There are more agents than the upstream shows. */
  readonly truncated: boolean;
}

interface ViewKey {
  readonly accountId: string;
  readonly filter: AgentViewFilter;
  readonly range: AgentViewRange;
  readonly demand: AgentDemand;
}

type ReasonGroups = ReadonlyMap<string, readonly AgentRecord[]>;

/** All that the upstream shows of an account. */
const wholeRange: AgentViewRange = { offset: 0, limit: agentViewCap };

/** The live view of accounts: whatever asks for the same part of it shares one call. */
export class LiveAgentLoader {
  readonly #views = new DataLoader<ViewKey, Begun<AgentView>, string>(
    (keys) => Promise.resolve(begunTogether(keys.map((key) => this.#fetch(key)))),
    { cacheKeyFn: viewCacheKey },
  );

  /** Who gives which reason, of each whole view. */
  readonly #byReason = new WeakMap<AgentView, ReasonGroups>();

  constructor(
    private readonly api: AgentViewApi,
    private readonly call: CallContext,
  ) {}

  /**
   * The upstream cannot filter by reason, nor by OCCUPIED: for these all that it shows is fetched and filtered here.
   */
  async load(
    accountId: string,
    liveFilter: LiveAgentFilter,
    range: AgentViewRange,
    demand: AgentDemand,
  ): Promise<LiveAgents> {
    const { states, groupIds, skillIds } = liveFilter;
    const filter = { states: statesToAsk(states), groupIds, skillIds };
    const passing = passingHere(liveFilter);
    if (passing === undefined) {
      const { agents, totalCount } = await this.#view({ accountId, filter, range, demand });
      return { nodes: agents, totalCount, truncated: totalCount > agentViewCap };
    }
    const needed = withMetrics(demand, metricsToFilterBy(liveFilter));
    const { agents, totalCount } = await this.#view({
      accountId,
      filter,
      range: wholeRange,
      demand: needed,
    });
    return pageOf(agents.filter(passing), range, totalCount > agentViewCap);
  }

  /** Who gives one reason: one fetch of the account serves any number of reasons. */
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
    return (await this.#views.load(key)).outcome;
  }

  #fetch({ accountId, filter, range, demand }: ViewKey): Promise<AgentView> {
    return this.api.view(this.call, accountId, filter, range, demand);
  }
}

/** The demand is the same for the whole operation, but for what a filter here may add. */
function viewCacheKey({ accountId, filter, range, demand: { metrics } }: ViewKey): string {
  return JSON.stringify([accountId, filter, range, metrics.has("reason"), metrics.has("state")]);
}

const reasonOnly = ["reason"] as const;

function withMetrics({ metrics, metadata }: AgentDemand, more: readonly AgentMetric[]): AgentDemand {
  return { metrics: new Set([...metrics, ...more]), metadata };
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
