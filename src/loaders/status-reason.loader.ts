import DataLoader from "dataloader";

import type { UpstreamCall } from "../upstream/call.js";
import type { StatusReasonApi } from "../upstream/status-reason.api.js";
import type { StatusReasonRecord } from "../upstream/status-reason.record.js";
import { entityCacheKey, groupByAccount } from "./entity-key.js";
import type { EntityKey } from "./entity-key.js";
import { outcomeOf } from "./outcome.js";
import type { StatusReasonListLoader } from "./status-reason-list.loader.js";

type Found = StatusReasonRecord | null;

/**
 * Reasons by id, deleted or not. Of one account, one id costs a by-id call and several cost one list
 * call; a list that the request asks for anyway is used before either.
 */
export class StatusReasonLoader {
  readonly #loader = new DataLoader<EntityKey, Found, string>((keys) => this.#batch(keys), {
    cacheKeyFn: entityCacheKey,
  });

  constructor(
    private readonly api: StatusReasonApi,
    private readonly call: UpstreamCall,
    private readonly lists: StatusReasonListLoader,
  ) {}

  /** @returns null where the account has no reason of this id */
  load(accountId: string, id: string): Promise<Found> {
    return this.#loader.load({ accountId, id });
  }

  /** Forgets everything. */
  clear(): void {
    this.#loader.clearAll();
  }

  #batch(keys: readonly EntityKey[]): Promise<(Found | Error)[]> {
    const idsByAccount = groupByAccount(keys);
    const found = new Map(
      [...idsByAccount].map(([accountId, ids]) => [accountId, this.#find(accountId, ids)]),
    );
    return Promise.all(
      keys.map(async ({ accountId, id }) => {
        const outcome = await outcomeOf(found.get(accountId) ?? Promise.resolve(new Map<string, Found>()));
        return outcome instanceof Error ? outcome : (outcome.get(id) ?? null);
      }),
    );
  }

  async #find(accountId: string, ids: readonly string[]): Promise<ReadonlyMap<string, Found>> {
    const asked = this.lists.asked(accountId);
    const known = asked === undefined ? new Map<string, Found>() : byId((await asked.list).value);
    const missing = asked?.isWhole === true ? [] : ids.filter((id) => !known.has(id));
    const [first, ...others] = missing;
    if (first === undefined) return known;
    if (others.length > 0) return byId((await this.lists.load(accountId, true)).value);
    return known.set(first, (await this.api.byId(this.call, accountId, first)).value);
  }
}

function byId(records: readonly StatusReasonRecord[]): Map<string, Found> {
  return new Map(records.map((record) => [record.id, record]));
}
