import { agentViewCap, unseenAgent, viewStates, windowKey } from "../upstream/api/index.js";
import type { AgentDuration, AgentViewApi, ViewWindow } from "../upstream/api/index.js";
import type { CallContext } from "../upstream/http/index.js";
import { maxConcurrentViews } from "./agent.loader.js";
import { EntityLoader, foundById } from "./entity.loader.js";
import type { EntityChunk, FoundById } from "./entity.loader.js";
import { windowOf } from "./observed-agents.js";
import type { AgentTime } from "./observed-agents.js";

/** Loads how agents spent their time: for each window one agent-view call for each {@link agentViewCap} agents of an account. */
export class AgentTimeLoader {
  readonly #windows = new Map<string, EntityLoader<AgentTime | null>>();

  constructor(
    private readonly api: AgentViewApi,
    private readonly call: CallContext,
  ) {}

  /**
   * @param window undefined: the last 24 hours
   * @param durations what the operation selects: the same for each load of one request
   * @returns null for an agent that the view does not show
   */
  load(
    { accountId, id }: { readonly accountId: string; readonly id: string },
    window: ViewWindow | undefined,
    durations: ReadonlySet<AgentDuration>,
  ): Promise<AgentTime | null> {
    const key = window === undefined ? "" : windowKey(window);
    let entities = this.#windows.get(key);
    if (entities === undefined) {
      entities = new EntityLoader({
        fetch: (chunk) => this.#fetch(chunk, window, durations),
        absent: () => null,
        maxIds: agentViewCap,
        maxConcurrency: maxConcurrentViews,
      });
      this.#windows.set(key, entities);
    }
    return entities.load(accountId, id);
  }

  async #fetch(
    { accountId, ids }: EntityChunk,
    window: ViewWindow | undefined,
    durations: ReadonlySet<AgentDuration>,
  ): Promise<FoundById<AgentTime | null>> {
    const filter = { agentIds: ids, states: viewStates, window };
    const range = { offset: 0, limit: ids.length };
    const demand = { metrics: new Set<never>(), metadata: false, durations };
    const view = await this.api.view(this.call, accountId, filter, range, demand);
    const found = foundById(view.agents, view.skipped);
    const bounds = windowOf(view);
    return {
      get: (id) => {
        const agent = found.get(id) ?? unseenAgent(accountId, id);
        return agent instanceof Error ? agent : ((agent.time && { ...bounds, ...agent.time }) ?? null);
      },
    };
  }
}
