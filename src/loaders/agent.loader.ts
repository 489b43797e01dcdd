import DataLoader from "dataloader";

import { AgentState } from "../upstream/agent-state.js";
import { agentViewCap } from "../upstream/agent-view.api.js";
import type { AgentDemand, AgentViewApi } from "../upstream/agent-view.api.js";
import { unseenAgent } from "../upstream/agent.record.js";
import type { AgentRecord } from "../upstream/agent.record.js";
import type { UpstreamCall } from "../upstream/call.js";
import { entityCacheKey, groupByAccount } from "./entity-key.js";
import type { EntityKey } from "./entity-key.js";
import { forEachLimited } from "./for-each-limited.js";
import { outcomeOf } from "./outcome.js";

/** How many calls of one batch run side by side: enough to be quick, few enough to be no burst. */
const maxConcurrency = 4;

/** Whoever was logged in within the view's window, whatever the state is now. */
const allStates = [
  AgentState.ONLINE,
  AgentState.OCCUPIED,
  AgentState.AWAY,
  AgentState.BACK_SOON,
  AgentState.OFFLINE,
] as const;

interface AgentKey extends EntityKey {
  readonly demand: AgentDemand;
}

/** The ids of one agent-view call. */
interface Chunk {
  readonly accountId: string;
  readonly ids: readonly string[];
}

/** Agents by id: of one account, one agent-view call for each 1000 of them. */
export class AgentLoader {
  readonly #loader = new DataLoader<AgentKey, AgentRecord, string>((keys) => this.#batch(keys), {
    cacheKeyFn: entityCacheKey,
  });

  constructor(
    private readonly api: AgentViewApi,
    private readonly call: UpstreamCall,
  ) {}

  /**
   * @param demand what the whole operation needs of agents: the same for each load of one request
   * @returns also for an agent that the view does not show, whose status is null then
   */
  load(accountId: string, id: string, demand: AgentDemand): Promise<AgentRecord> {
    return this.#loader.load({ accountId, id, demand });
  }

  /** A chunk that fails is an error on its own keys only. */
  async #batch(keys: readonly AgentKey[]): Promise<(AgentRecord | Error)[]> {
    const found = new Map<string, AgentRecord | Error>();
    const [first] = keys;
    if (first === undefined) return [];
    await forEachLimited(chunksOf(keys), maxConcurrency, async (chunk) => {
      const agents = await outcomeOf(this.#fetch(chunk, first.demand));
      for (const id of chunk.ids) {
        const agent = agents instanceof Error ? agents : agents.get(id);
        found.set(entityCacheKey({ ...chunk, id }), agent ?? unseenAgent(chunk.accountId, id));
      }
    });
    return keys.map((key) => found.get(entityCacheKey(key)) ?? unseenAgent(key.accountId, key.id));
  }

  /** By id: the order of the view is not the order asked. */
  async #fetch({ accountId, ids }: Chunk, demand: AgentDemand): Promise<ReadonlyMap<string, AgentRecord>> {
    const filter = { agentIds: ids, states: allStates };
    const range = { offset: 0, limit: ids.length };
    const { agents } = await this.api.view(this.call, accountId, filter, range, demand);
    return new Map(agents.map((agent) => [agent.id, agent]));
  }
}

function chunksOf(keys: readonly EntityKey[]): Chunk[] {
  const chunks: Chunk[] = [];
  for (const [accountId, ids] of groupByAccount(keys)) {
    for (let start = 0; start < ids.length; start += agentViewCap) {
      chunks.push({ accountId, ids: ids.slice(start, start + agentViewCap) });
    }
  }
  return chunks;
}
