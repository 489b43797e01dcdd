import type { StatusReasonApi, StatusReasonList, StatusReasonRecord } from "../upstream/api/index.js";
import type { CallContext, UpstreamError } from "../upstream/http/index.js";
import { undefinedOnFailure } from "./follow-up-reads.js";
import type { FollowUpRead, FollowUpReads } from "./follow-up-reads.js";

/** The reasons of an account, as an input is checked against them. */
export interface KnownReasons {
  /** By id, deleted ones included. */
  readonly records: ReadonlyMap<string, StatusReasonRecord>;
  /** The error of a reason that there is, or may be, but that cannot be decoded. */
  errorOf(id: string): UpstreamError | undefined;
}

/**
 * All reasons of an account at one revision: read once, kept up with a batch's own writes, and read again where others have
 * written. A revision is about the whole collection: so whoever takes a new one from a read must take all reasons from it,
 * or the next write, under that revision, would undo what others changed.
 */
export class AccountSnapshot implements FollowUpReads, KnownReasons {
  #list: StatusReasonList;
  #records: Map<string, StatusReasonRecord>;
  #revision: string | null;

  private constructor(
    private readonly api: StatusReasonApi,
    private readonly call: CallContext,
    private readonly accountId: string,
    list: StatusReasonList,
  ) {
    this.#list = list;
    this.#records = recordsOf(list);
    this.#revision = list.revision;
  }

  /** @throws UpstreamError where the reasons cannot be read */
  static async read(api: StatusReasonApi, call: CallContext, accountId: string): Promise<AccountSnapshot> {
    return new AccountSnapshot(api, call, accountId, await api.list(call, accountId, true));
  }

  /** null: the last write said none. */
  get revision(): string | null {
    return this.#revision;
  }

  get records(): ReadonlyMap<string, StatusReasonRecord> {
    return this.#records;
  }

  errorOf(id: string): UpstreamError | undefined {
    return this.#list.skipped.errorOf(id);
  }

  /** Takes over the result of a write of one's own. */
  note(records: readonly StatusReasonRecord[], revision: string | null): void {
    for (const record of records) this.#records.set(record.id, record);
    this.#revision = revision;
  }

  /**
   * Reads the account again where the last write said no revision to write under.
   *
   * @throws UpstreamError
   */
  async ensureRevision(): Promise<void> {
    if (this.#revision === null && this.#list.revision !== null) {
      this.#adopt(await this.api.list(this.call, this.accountId, true));
    }
  }

  async byId(_accountId: string, id: string): Promise<FollowUpRead | undefined> {
    const list = await this.list();
    const value = list?.value.find((record) => record.id === id) ?? null;
    // A reason that cannot be decoded is not one that is gone.
    if (list === undefined || (value === null && list.skipped.errorOf(id) !== undefined)) return undefined;
    return { value, revision: list.revision, list };
  }

  list(): Promise<StatusReasonList | undefined> {
    return undefinedOnFailure(
      this.api.list(this.call, this.accountId, true).then((list) => {
        this.#adopt(list);
        return list;
      }),
    );
  }

  /** A replica of the upstream that lags behind shows an older revision: what is known already is newer. */
  #adopt(list: StatusReasonList): void {
    const isOlder =
      list.revision !== null && this.#revision !== null && BigInt(list.revision) < BigInt(this.#revision);
    if (isOlder) return;
    this.#list = list;
    this.#records = recordsOf(list);
    this.#revision = list.revision;
  }
}

function recordsOf(list: StatusReasonList): Map<string, StatusReasonRecord> {
  return new Map(list.value.map((record) => [record.id, record]));
}
