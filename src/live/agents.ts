import { agentViewCap, coversDemand, unionOfDemands, viewStates } from "../upstream/api/index.js";
import type { AgentDemand, AgentRecord, AgentView, AgentViewApi, ViewState } from "../upstream/api/index.js";
import type { CallContext } from "../upstream/http/index.js";
import { passingHere, statesToAsk } from "../loaders/index.js";
import type { LiveAgentFilter } from "../loaders/index.js";

/** The agents that a subscription follows. */
export interface AgentsQuestion {
  readonly accountId: string;
  /** null where agents are not selected by id. */
  readonly ids: readonly string[] | null;
  readonly filter: LiveAgentFilter;
}

/** The upstream's part of a question: equal for questions that differ only in what the gateway filters. */
export interface AgentsPollQuestion {
  readonly accountId: string;
  readonly ids: readonly string[] | null;
  readonly states: readonly ViewState[];
  readonly groupIds: readonly string[] | null;
  readonly skillIds: readonly string[] | null;
}

export function pollQuestionOf({ accountId, ids, filter }: AgentsQuestion): AgentsPollQuestion {
  // By id, an agent who logs out stays, as OFFLINE.
  const states = ids !== null && !filter.states ? viewStates : statesToAsk(filter.states);
  return {
    accountId,
    ids: ids && sorted(ids),
    states: [...states].sort(),
    groupIds: filter.groupIds ? sorted(filter.groupIds) : null,
    skillIds: filter.skillIds ? sorted(filter.skillIds) : null,
  };
}

function sorted(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)].sort();
}

/** The upstream's views of the requested agents. */
export class AgentsState {
  readonly totalCount: number;
  /** There are more agents than the upstream shows. */
  readonly truncated: boolean;
  readonly agents: readonly AgentRecord[];

  constructor(
    readonly views: readonly AgentView[],
    /** The data that was requested of each agent. */
    readonly demand: AgentDemand,
  ) {
    this.totalCount = views.reduce((total, view) => total + view.totalCount, 0);
    this.truncated = views.some((view) => view.totalCount > agentViewCap);
    this.agents = views.flatMap((view) => view.agents);
  }

  isOf(views: readonly AgentView[], demand: AgentDemand): boolean {
    return this.demand === demand && views.every(({ agents }, index) => agents === this.views[index]?.agents);
  }

  /** Whether the views contain all data that `demand` names. */
  covers(demand: AgentDemand): boolean {
    return coversDemand(this.demand, demand);
  }
}

/** The agents who pass a filter. */
export interface PassingAgents {
  readonly byId: ReadonlyMap<string, AgentRecord>;
  readonly totalCount: number;
}

/** @param observedAt when the state was observed, for the parts of the filter that depend on time */
export function passingAgents(state: AgentsState, filter: LiveAgentFilter, observedAt: Date): PassingAgents {
  const passing = passingHere(filter);
  const nowMs = observedAt.getTime();
  const agents = passing === undefined ? state.agents : state.agents.filter((agent) => passing(agent, nowMs));
  const byId = new Map(agents.map((agent) => [agent.id, agent]));
  return { byId, totalCount: passing === undefined ? state.totalCount : agents.length };
}

/** The union of the demands of a poller's followers. */
export class SharedDemand {
  readonly #counts = new Map<AgentDemand, number>();
  #union: AgentDemand | undefined;

  /** The same object until it changes. */
  get union(): AgentDemand {
    return (this.#union ??= unionOfDemands([...this.#counts.keys()]));
  }

  /** @returns whether the union has changed: a poll that is under way asks for less */
  add(demand: AgentDemand): boolean {
    const before = this.#union;
    const count = this.#counts.get(demand) ?? 0;
    this.#counts.set(demand, count + 1);
    if (count === 0) this.#update();
    return this.#union !== before;
  }

  remove(demand: AgentDemand): void {
    const count = this.#counts.get(demand) ?? 0;
    if (count > 1) this.#counts.set(demand, count - 1);
    else {
      this.#counts.delete(demand);
      this.#update();
    }
  }

  #update(): void {
    const before = this.#union;
    const union = unionOfDemands([...this.#counts.keys()]);
    this.#union = before !== undefined && isSameDemand(before, union) ? before : union;
  }
}

function isSameDemand(one: AgentDemand, other: AgentDemand): boolean {
  return coversDemand(one, other) && coversDemand(other, one);
}

/** Creates a function that requests the agents of a question: with one call, or one per chunk of ids. */
export function askAgents(api: AgentViewApi, question: AgentsPollQuestion, demand: SharedDemand) {
  const { accountId, ids, states, groupIds, skillIds } = question;
  const filters = (ids === null ? [undefined] : chunksOf(ids)).map((agentIds) => ({
    ...(agentIds && { agentIds }),
    states,
    groupIds,
    skillIds,
  }));
  const range = { offset: 0, limit: agentViewCap };
  return async (context: CallContext, previous: AgentsState | undefined): Promise<AgentsState> => {
    const asked = demand.union;
    const views = await Promise.all(
      filters.map((filter) => api.view(context, accountId, filter, range, asked)),
    );
    return previous?.isOf(views, asked) === true ? previous : new AgentsState(views, asked);
  };
}

function chunksOf(ids: readonly string[]): (readonly string[])[] {
  const count = Math.ceil(ids.length / agentViewCap);
  return Array.from({ length: count }, (_, index) =>
    ids.slice(index * agentViewCap, (index + 1) * agentViewCap),
  );
}
