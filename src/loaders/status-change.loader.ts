import DataLoader from "dataloader";

import { forEachLimited } from "../lib/index.js";
import type { ActivityWindow, AgentActivityApi, StatusChangeRecord } from "../upstream/api/index.js";
import type { CallContext } from "../upstream/http/index.js";
import { errorOf } from "./entity.loader.js";

/** How many agents' changes are read at the same time: few enough to be no burst. */
const maxConcurrency = 4;

interface ChangesKey {
  readonly accountId: string;
  readonly agentId: string;
  readonly window: ActivityWindow;
}

type Changes = readonly StatusChangeRecord[];

/**
 * Loads the status changes of agents: one call for each agent and window, however often it is asked for. The API takes one
 * agent a call, so agents do not share calls.
 */
export class StatusChangeLoader {
  /** The time of the whole request, so that periods without an end are one period. */
  readonly now: Date;

  readonly #changes = new DataLoader<ChangesKey, Changes, string>((keys) => this.#fetchAll(keys), {
    cacheKeyFn: ({ accountId, agentId, window: { from, to } }) =>
      `${accountId}/${agentId}/${from.getTime()}/${to.getTime()}`,
  });

  constructor(
    private readonly api: AgentActivityApi,
    private readonly call: CallContext,
    now: () => number,
  ) {
    this.now = new Date(now());
  }

  /** @returns the agent's changes in the window, oldest first */
  load(accountId: string, agentId: string, window: ActivityWindow): Promise<Changes> {
    return this.#changes.load({ accountId, agentId, window });
  }

  /** All settle together, so that the loads that follow from them are one batch again. */
  async #fetchAll(keys: readonly ChangesKey[]): Promise<(Changes | Error)[]> {
    const results: (Changes | Error)[] = [];
    await forEachLimited(
      [...keys.entries()],
      maxConcurrency,
      async ([index, { accountId, agentId, window }]) => {
        results[index] = await this.api.statusChanges(this.call, accountId, agentId, window).catch(errorOf);
      },
    );
    return results;
  }
}
