import { AgentState, agentViewCap, loggedInStates, unseenAgent } from "../upstream/api/index.js";
import type { AgentDemand, AgentRecord, AgentViewApi } from "../upstream/api/index.js";
import type { CallContext } from "../upstream/http/index.js";
import { foundById } from "./by-id.js";
import { EntityLoader } from "./entity.loader.js";
import type { EntityChunk, FoundById } from "./entity.loader.js";

/** How many calls of one batch run side by side: enough to be quick, few enough to be no burst. */
const maxConcurrency = 4;

/** Whoever was logged in within the view's window, whatever the state is now. */
const allStates = [...loggedInStates, AgentState.OFFLINE] as const;

/** What a view shows where nothing is demanded of its agents. */
const keysOnly: AgentDemand = { metrics: new Set(), metadata: false };

/** Agents by id: of one account, one agent-view call for each 1000 of them. */
export class AgentLoader {
  readonly #entities = new EntityLoader<AgentRecord>({
    fetch: (chunk) => this.#fetch(chunk),
    absent: unseenAgent,
    maxIds: agentViewCap,
    maxConcurrency,
  });

  #demand = keysOnly;

  constructor(
    private readonly api: AgentViewApi,
    private readonly call: CallContext,
  ) {}

  /**
   * @param demand what the whole operation needs of agents: the same for each load of one request
   * @returns also for an agent that the view does not show, whose status is null then; a chunk that fails is
   *   an error in the place of its own agents only
   */
  loadMany(
    accountId: string,
    ids: readonly string[],
    demand: AgentDemand,
  ): Promise<readonly (AgentRecord | Error)[]> {
    this.#demand = demand;
    return this.#entities.loadMany(accountId, ids);
  }

  /** By id: the order of the view is not the order asked. */
  async #fetch({ accountId, ids }: EntityChunk): Promise<FoundById<AgentRecord>> {
    const filter = { agentIds: ids, states: allStates };
    const range = { offset: 0, limit: ids.length };
    const { agents, unreadable } = await this.api.view(this.call, accountId, filter, range, this.#demand);
    return foundById(agents, unreadable);
  }
}
