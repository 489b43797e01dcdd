import DataLoader from "dataloader";

import type { CallContext } from "../upstream/http/index.js";
import type { StatusReasonApi, StatusReasonList } from "../upstream/api/index.js";
import { startedTogether } from "./started-loads.js";
import type { StartedLoad } from "./started-loads.js";

interface ListKey {
  readonly accountId: string;
  readonly includeDeleted: boolean;
}

/**
 * Loads the status reasons of accounts. An account asked for in one batch both with and without its deleted reasons
 * costs one call, with them.
 */
export class StatusReasonListLoader {
  readonly #loader = new DataLoader<ListKey, StartedLoad<StatusReasonList>, string>(
    (keys) => Promise.resolve(this.#batch(keys)),
    { cacheKeyFn: ({ accountId, includeDeleted }) => `${accountId}/${String(includeDeleted)}` },
  );

  /** The widest list of each account that this request has asked for. */
  readonly #asked = new Map<string, ListKey>();

  constructor(
    private readonly api: StatusReasonApi,
    private readonly call: CallContext,
  ) {}

  load(accountId: string, includeDeleted: boolean): Promise<StatusReasonList> {
    const key = { accountId, includeDeleted };
    if (includeDeleted || !this.#asked.has(accountId)) this.#asked.set(accountId, key);
    return this.#listOf(key);
  }

  /** Takes an account's list, with its deleted reasons, that is known already. */
  prime(accountId: string, list: StatusReasonList): void {
    const key = { accountId, includeDeleted: true };
    this.#asked.set(accountId, key);
    this.#loader.prime(key, { result: Promise.resolve(list) });
  }

  /** The account's list if this request has asked for it; `isWhole`: with the deleted reasons. */
  asked(
    accountId: string,
  ): { readonly list: Promise<StatusReasonList>; readonly isWhole: boolean } | undefined {
    const key = this.#asked.get(accountId);
    return key && { list: this.#listOf(key), isWhole: key.includeDeleted };
  }

  /** Empties the cache. */
  clear(): void {
    this.#asked.clear();
    this.#loader.clearAll();
  }

  async #listOf(key: ListKey): Promise<StatusReasonList> {
    return (await this.#loader.load(key)).result;
  }

  #batch(keys: readonly ListKey[]): StartedLoad<StatusReasonList>[] {
    const whole = new Set(keys.filter((key) => key.includeDeleted).map((key) => key.accountId));
    const lists = new Map<string, Promise<StatusReasonList>>();
    const listOf = (accountId: string): Promise<StatusReasonList> => {
      const list = lists.get(accountId) ?? this.api.list(this.call, accountId, whole.has(accountId));
      lists.set(accountId, list);
      return list;
    };
    return startedTogether(
      keys.map(({ accountId, includeDeleted }) => {
        const list = listOf(accountId);
        // All that share a list settle one step after it: where it fails, the first field in order gets the error.
        return whole.has(accountId) ? list.then(includeDeleted ? unchanged : withoutDeleted) : list;
      }),
    );
  }
}

function unchanged(list: StatusReasonList): StatusReasonList {
  return list;
}

function withoutDeleted(list: StatusReasonList): StatusReasonList {
  return { ...list, value: list.value.filter((reason) => !reason.deleted) };
}
