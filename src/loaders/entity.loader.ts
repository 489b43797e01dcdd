import DataLoader from "dataloader";

import { forEachLimited } from "../lib/index.js";
import type { SkippedRecords } from "../upstream/api/index.js";

/** Ids of one account that are fetched in one call. */
export interface EntityChunk {
  readonly accountId: string;
  readonly ids: readonly string[];
}

/** The entities found, by id; an Error for one that exists but cannot be decoded. */
export type FoundById<T> = Pick<ReadonlyMap<string, T | Error>, "get">;

/** How the entities of one kind are fetched. */
export interface EntitySource<T> {
  /** Fetches a chunk; a rejection becomes the error of each of its ids. */
  fetch(chunk: EntityChunk): Promise<FoundById<T>>;
  /** The entity of an id that the fetch did not find. */
  absent(accountId: string, id: string): T;
  /** The most ids of a chunk. */
  readonly maxIds: number;
  /** How many chunks of one batch are fetched side by side. */
  readonly maxConcurrency: number;
}

/** The fetch of one chunk; `found` is set when it has ended. */
interface Lookup<T> {
  readonly accountId: string;
  readonly ids: string[];
  found?: FoundById<T> | Error;
  /** The batch that the chunk is of. */
  batch?: Promise<unknown>;
}

/** The lookups of one account. */
interface AccountLookups<T> {
  readonly accountId: string;
  readonly lookups: Map<string, Lookup<T>>;
  /** The lookup that further ids of the batch under construction are added to. */
  open: Lookup<T> | undefined;
}

interface BatchKey<T> {
  readonly ids: readonly string[];
  readonly account: AccountLookups<T>;
}

/**
 * Loads entities by account and id: those asked for in the same tick are fetched together, and none is fetched twice,
 * failures included.
 *
 * DataLoader decides here only when a batch is sent. The cache is our own and holds lookups of many ids, because
 * DataLoader's holds a promise for each key, which every row of a list then waits for: on the hot path (100 agents with
 * their reasons) that is slower. With our own cache a list is one promise, and {@link peek} reads a
 * loaded entity without any.
 */
export class EntityLoader<T> {
  readonly #batches = new DataLoader<BatchKey<T>, null>((keys) => this.#lookUp(keys), { cache: false });
  readonly #accounts = new Map<string, AccountLookups<T>>();

  constructor(private readonly source: EntitySource<T>) {}

  /** @returns the entity or error of each id, in the order of `ids` */
  async loadMany(accountId: string, ids: readonly string[]): Promise<readonly (T | Error)[]> {
    const account = this.#lookupsOf(accountId);
    if (!ids.every((id) => account.lookups.has(id))) await this.#batches.load({ ids, account });
    const results: (T | Error)[] = [];
    for (const id of ids) {
      const lookup = account.lookups.get(id);
      // A lookup of an earlier batch may not have ended.
      if (lookup?.found === undefined) await lookup?.batch;
      results.push(this.#resultOf(accountId, id, lookup));
    }
    return results;
  }

  async load(accountId: string, id: string): Promise<T> {
    const account = this.#lookupsOf(accountId);
    if (!account.lookups.has(id)) await this.#batches.load({ ids: [id], account });
    const lookup = account.lookups.get(id);
    if (lookup?.found === undefined) await lookup?.batch;
    const result = this.#resultOf(accountId, id, lookup);
    if (result instanceof Error) throw result;
    return result;
  }

  /** @returns the entity or error of an id; undefined while it is not loaded */
  peek(accountId: string, id: string): T | Error | undefined {
    const lookup = this.#accounts.get(accountId)?.lookups.get(id);
    return lookup?.found && this.#resultOf(accountId, id, lookup);
  }

  /** Empties the cache. */
  clear(): void {
    this.#accounts.clear();
  }

  #lookupsOf(accountId: string): AccountLookups<T> {
    const known = this.#accounts.get(accountId);
    if (known !== undefined) return known;
    const account: AccountLookups<T> = { accountId, lookups: new Map(), open: undefined };
    this.#accounts.set(accountId, account);
    return account;
  }

  #resultOf(accountId: string, id: string, lookup: Lookup<T> | undefined): T | Error {
    const found = lookup?.found;
    return found instanceof Error ? found : (found?.get(id) ?? this.source.absent(accountId, id));
  }

  #lookUp(keys: readonly BatchKey<T>[]): Promise<null[]> {
    const lookups = newLookups(keys, this.source.maxIds);
    const batch = forEachLimited(lookups, this.source.maxConcurrency, (lookup) =>
      this.source.fetch(lookup).then(
        (found) => {
          lookup.found = found;
        },
        (reason: unknown) => {
          lookup.found = errorOf(reason);
        },
      ),
    );
    for (const lookup of lookups) lookup.batch = batch;
    return batch.then(() => keys.map(() => null));
  }
}

/** Adds the ids that have no lookup yet to new lookups of at most `maxIds` each. */
function newLookups<T>(keys: readonly BatchKey<T>[], maxIds: number): Lookup<T>[] {
  const lookups: Lookup<T>[] = [];
  for (const { ids, account } of keys) {
    for (const id of ids) {
      if (account.lookups.has(id)) continue;
      if (account.open === undefined || account.open.ids.length >= maxIds) {
        account.open = { accountId: account.accountId, ids: [id] };
        lookups.push(account.open);
      } else account.open.ids.push(id);
      account.lookups.set(id, account.open);
    }
  }
  for (const { account } of keys) account.open = undefined;
  return lookups;
}

interface Identified {
  readonly id: string;
}

const known = new WeakMap<readonly Identified[], ReadonlyMap<string, Identified>>();

/** Indexes a list by id, once for each list: the same frozen list comes again from the cache of decoded bodies. */
export function byId<T extends Identified>(list: readonly T[]): ReadonlyMap<string, T> {
  const map = (known.get(list) as ReadonlyMap<string, T> | undefined) ?? mapOf(list);
  known.set(list, map);
  return map;
}

/** As {@link byId}, with an error for each id whose record could not be decoded. */
export function foundById<T extends Identified>(
  list: readonly T[],
  skipped: SkippedRecords,
): Pick<ReadonlyMap<string, T | Error>, "get"> {
  const known = byId(list);
  return skipped.count === 0 ? known : { get: (id) => known.get(id) ?? skipped.errorOf(id) };
}

/** Hot path: a loop, without an array of pairs. */
function mapOf<T extends Identified>(list: readonly T[]): ReadonlyMap<string, T> {
  const map = new Map<string, T>();
  for (const record of list) map.set(record.id, record);
  return map;
}

/** Wraps a rejection that is no Error. */
export function errorOf(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error("rejected with no Error", { cause: reason });
}
