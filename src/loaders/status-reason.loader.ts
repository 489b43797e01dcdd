import type { CallContext } from "../upstream/http/index.js";
import type { StatusReasonApi, StatusReasonList, StatusReasonRecord } from "../upstream/api/index.js";
import { byId, foundById, EntityLoader } from "./entity.loader.js";
import type { EntityChunk, FoundById } from "./entity.loader.js";
import type { StatusReasonListLoader } from "./status-reason-list.loader.js";

type Found = StatusReasonRecord | null;

/** The part of the list loader that is used. */
type Lists = Pick<StatusReasonListLoader, "asked" | "load">;

/**
 * Loads reasons by id, deleted or not. Of one account, one id costs a call by id and several cost one call for the list;
 * a list that the request has asked for is used first.
 */
export class StatusReasonLoader {
  readonly #entities = new EntityLoader<Found>({
    fetch: (chunk) => this.#fetch(chunk),
    absent: () => null,
    maxIds: Infinity,
    maxConcurrency: Infinity,
  });

  /** The accounts of which further reasons are to come. */
  readonly #listed = new Set<string>();

  constructor(
    private readonly api: StatusReasonApi,
    private readonly call: CallContext,
    private readonly lists: Lists,
  ) {}

  /** Makes further loads cost one call for the account's list, also where they come one by one. */
  expectMany(accountId: string): void {
    this.#listed.add(accountId);
  }

  /** @returns null where the account has no reason of this id */
  load(accountId: string, id: string): Promise<Found> {
    return this.#entities.load(accountId, id);
  }

  /** @returns the result of {@link load} for each id, in the order of `ids` */
  loadMany(accountId: string, ids: readonly string[]): Promise<readonly (Found | Error)[]> {
    return this.#entities.loadMany(accountId, ids);
  }

  /** @returns the result of {@link load}; undefined while it is not loaded */
  peek(accountId: string, id: string): Found | Error | undefined {
    return this.#entities.peek(accountId, id);
  }

  /** Empties the cache. */
  clear(): void {
    this.#entities.clear();
  }

  #fetch({ accountId, ids }: EntityChunk): Promise<FoundById<Found>> {
    const asked = this.lists.asked(accountId);
    return asked === undefined
      ? this.#fetchMissing(accountId, ids)
      : this.#fetchBeside(accountId, ids, asked.list, asked.isWhole);
  }

  /** @param isWhole whether the deleted reasons are in the list */
  async #fetchBeside(
    accountId: string,
    ids: readonly string[],
    list: Promise<StatusReasonList>,
    isWhole: boolean,
  ): Promise<FoundById<Found>> {
    const { value, skipped } = await list;
    if (isWhole) return foundById(value, skipped);
    const known = byId(value);
    const missing = ids.filter((id) => !known.has(id));
    if (missing.length === 0) return known;
    const found = await this.#fetchMissing(accountId, missing);
    return { get: (id) => known.get(id) ?? found.get(id) };
  }

  #fetchMissing(accountId: string, ids: readonly string[]): Promise<FoundById<Found>> {
    const [only] = ids;
    if (only === undefined || ids.length > 1 || this.#listed.has(accountId)) {
      return this.lists.load(accountId, true).then((list) => foundById(list.value, list.skipped));
    }
    return this.api
      .byId(this.call, accountId, only)
      .then(({ value }) => ({ get: (id) => (id === only ? value : undefined) }));
  }
}
