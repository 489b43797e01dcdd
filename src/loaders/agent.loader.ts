import { agentViewCap, unseenAgent, viewStates } from "../upstream/api/index.js";
import type { AgentRecord, AgentViewApi } from "../upstream/api/index.js";
import type { CallContext } from "../upstream/http/index.js";
import { foundById, EntityLoader } from "./entity.loader.js";
import type { EntityChunk, FoundById } from "./entity.loader.js";
import { withTimes } from "./observed-agents.js";
import type { OperationAgentDemand } from "./observed-agents.js";

/** How many calls of one batch run at the same time: few enough to be no burst. */
export const maxConcurrentViews = 4;

/** Demands nothing but the ids. */
const keysOnly: OperationAgentDemand = { metrics: new Set(), metadata: false };

/** Loads agents by id: one agent-view call for each {@link agentViewCap} agents of an account. */
export class AgentLoader {
  readonly #entities = new EntityLoader<AgentRecord>({
    fetch: (chunk) => this.#fetch(chunk),
    absent: unseenAgent,
    maxIds: agentViewCap,
    maxConcurrency: maxConcurrentViews,
  });

  #demand = keysOnly;

  constructor(
    private readonly api: AgentViewApi,
    private readonly call: CallContext,
  ) {}

  /**
   * @param demand what the operation selects of agents: the same for each load of one request
   * @returns in the order of `ids`; an agent that the view does not show has a null status; a chunk that fails is an
   *   error for its own agents only
   */
  loadMany(
    accountId: string,
    ids: readonly string[],
    demand: OperationAgentDemand,
  ): Promise<readonly (AgentRecord | Error)[]> {
    this.#demand = demand;
    return this.#entities.loadMany(accountId, ids);
  }

  /** Indexed by id: the view's order is not that of `ids`. */
  async #fetch({ accountId, ids }: EntityChunk): Promise<FoundById<AgentRecord>> {
    const filter = { agentIds: ids, states: viewStates };
    const range = { offset: 0, limit: ids.length };
    const view = await this.api.view(this.call, accountId, filter, range, this.#demand);
    return foundById(withTimes(view.agents, view, this.#demand), view.skipped);
  }
}
