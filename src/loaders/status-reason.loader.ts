import type { UpstreamCall } from "../upstream/call.js";
import type { StatusReasonApi } from "../upstream/status-reason.api.js";
import type { StatusReasonRecord } from "../upstream/status-reason.record.js";
import { byId } from "./by-id.js";
import { EntityLoader } from "./entity.loader.js";
import type { EntityChunk } from "./entity.loader.js";
import type { StatusReasonListLoader } from "./status-reason-list.loader.js";

type Found = StatusReasonRecord | null;

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
    private readonly call: UpstreamCall,
    private readonly lists: StatusReasonListLoader,
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

  async #fetch({ accountId, ids }: EntityChunk): Promise<ReadonlyMap<string, Found>> {
    const asked = this.lists.asked(accountId);
    const known = byId(asked === undefined ? [] : (await asked.list).value);
    const [first, ...others] = asked?.isWhole === true ? [] : ids.filter((id) => !known.has(id));
    if (first === undefined) return known;
    if (others.length > 0) return byId((await this.lists.load(accountId, true)).value);
    return new Map<string, Found>(known).set(first, (await this.api.byId(this.call, accountId, first)).value);
  }
}
