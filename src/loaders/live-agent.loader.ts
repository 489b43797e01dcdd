import DataLoader from "dataloader";

import { AgentState } from "../upstream/agent-state.js";
import type { KnownAgentState } from "../upstream/agent-state.js";
import { agentViewCap } from "../upstream/agent-view.api.js";
import type { AgentDemand, AgentView, AgentViewApi, AgentViewRange } from "../upstream/agent-view.api.js";
import type { AgentRecord } from "../upstream/agent.record.js";
import type { UpstreamCall } from "../upstream/call.js";
import { outcomeOf } from "./outcome.js";

/** Which agents of the live view; what is left out or null does not filter. */
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
  /** There are more agents than the upstream shows. */
  readonly truncated: boolean;
}

interface ViewKey {
  readonly accountId: string;
  readonly filter: Omit<LiveAgentFilter, "reasonIds">;
  readonly range: AgentViewRange;
  readonly demand: AgentDemand;
}

type ReasonGroups = ReadonlyMap<string, readonly AgentRecord[]>;

/** Whoever is logged in. */
const liveStates = [AgentState.ONLINE, AgentState.OCCUPIED, AgentState.AWAY, AgentState.BACK_SOON] as const;

/** All that the upstream shows of an account. */
const wholeRange: AgentViewRange = { offset: 0, limit: agentViewCap };

/** The live view of accounts: whatever asks for the same part of it shares one call. */
export class LiveAgentLoader {
  readonly #views = new DataLoader<ViewKey, AgentView, string>(
    (keys) => Promise.all(keys.map((key) => outcomeOf(this.#fetch(key)))),
    { cacheKeyFn: viewCacheKey },
  );

  /** Who gives which reason, of each whole view. */
  readonly #byReason = new WeakMap<AgentView, ReasonGroups>();

  constructor(
    private readonly api: AgentViewApi,
    private readonly call: UpstreamCall,
  ) {}

  /** The upstream cannot filter by reason, so for that all that it shows is fetched and filtered here. */
  async load(
    accountId: string,
    { reasonIds, ...filter }: LiveAgentFilter,
    range: AgentViewRange,
    demand: AgentDemand,
  ): Promise<LiveAgents> {
    if (!reasonIds) {
      const { agents, totalCount } = await this.#views.load({ accountId, filter, range, demand });
      return { nodes: agents, totalCount, truncated: totalCount > agentViewCap };
    }
    const whole = { accountId, filter, range: wholeRange, demand: withReason(demand) };
    const { agents, totalCount } = await this.#views.load(whole);
    const wanted = new Set(reasonIds);
    const matching = agents.filter(({ status }) => status?.reasonId != null && wanted.has(status.reasonId));
    return pageOf(matching, range, totalCount > agentViewCap);
  }

  /** Who gives one reason: one fetch of the account serves any number of reasons. */
  async loadByReason(
    accountId: string,
    reasonId: string,
    range: AgentViewRange,
    demand: AgentDemand,
  ): Promise<LiveAgents> {
    const whole = { accountId, filter: {}, range: wholeRange, demand: withReason(demand) };
    const view = await this.#views.load(whole);
    const groups = this.#byReason.get(view) ?? groupByReason(view.agents);
    this.#byReason.set(view, groups);
    return pageOf(groups.get(reasonId) ?? [], range, view.totalCount > agentViewCap);
  }

  #fetch({ accountId, filter, range, demand }: ViewKey): Promise<AgentView> {
    const { states, groupIds, skillIds } = filter;
    return this.api.view(
      this.call,
      accountId,
      { states: states ?? liveStates, groupIds, skillIds },
      range,
      demand,
    );
  }
}

/** The demand is the same for the whole operation, but for the reason that a filter here may add. */
function viewCacheKey({ accountId, filter, range, demand }: ViewKey): string {
  return JSON.stringify([accountId, filter, range, demand.metrics.has("reason")]);
}

function withReason({ metrics, metadata }: AgentDemand): AgentDemand {
  return { metrics: new Set([...metrics, "reason"]), metadata };
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
