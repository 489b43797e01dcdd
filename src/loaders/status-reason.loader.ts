import type { CallContext } from "../upstream/http/index.js";
import type { StatusReasonApi, StatusReasonList, StatusReasonRecord } from "../upstream/api/index.js";
import { byId, foundById } from "./by-id.js";
import { EntityLoader } from "./entity.loader.js";
import type { EntityChunk, FoundById } from "./entity.loader.js";
import type { StatusReasonListLoader } from "./status-reason-list.loader.js";

type Found = StatusReasonRecord | null;

/** What is used of the lists. */
type Lists = Pick<StatusReasonListLoader, "asked" | "load">;

/**
 * Reasons by id, deleted or not. Of one account, one id costs a by-id call and several cost one list
 * call; a list that the request asks for anyway is used before either.
 */
export class StatusReasonLoader {
  readonly #entities = new EntityLoader<Found>({
    fetch: (chunk) => this.#fetch(chunk),
    absent: () => null,
    maxIds: Infinity,
    maxConcurrency: Infinity,
  });

  constructor(
    private readonly api: StatusReasonApi,
    private readonly call: CallContext,
    private readonly lists: Lists,
  ) {}

  /** @returns null where the account has no reason of this id */
  load(accountId: string, id: string): Promise<Found> {
    return this.#entities.load(accountId, id);
  }

  /** @returns for each id what {@link load} would come to */
  loadMany(accountId: string, ids: readonly string[]): Promise<readonly (Found | Error)[]> {
    return this.#entities.loadMany(accountId, ids);
  }

  /** @returns what {@link load} would come to; undefined where that is not known yet */
  peek(accountId: string, id: string): Found | Error | undefined {
    return this.#entities.peek(accountId, id);
  }

  /** Forgets everything. */
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
    const { value, unreadable } = await list;
    if (isWhole) return foundById(value, unreadable);
    const known = byId(value);
    const missing = ids.filter((id) => !known.has(id));
    if (missing.length === 0) return known;
    const found = await this.#fetchMissing(accountId, missing);
    return { get: (id) => known.get(id) ?? found.get(id) };
  }

  #fetchMissing(accountId: string, ids: readonly string[]): Promise<FoundById<Found>> {
    const [only] = ids;
    if (only === undefined || ids.length > 1) {
      return this.lists.load(accountId, true).then((list) => foundById(list.value, list.unreadable));
    }
    return this.api
      .byId(this.call, accountId, only)
      .then(({ value }) => ({ get: (id) => (id === only ? value : undefined) }));
  }
}
