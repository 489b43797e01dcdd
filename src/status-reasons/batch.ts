import { anyRevision, noSuchReason, upstreamOperations } from "../upstream/api/index.js";
import type {
  NewStatusReason,
  Revised,
  StatusReasonChange,
  StatusReasonRecord,
} from "../upstream/api/index.js";
import { UpstreamError } from "../upstream/http/index.js";
import { AccountSnapshot } from "./account-snapshot.js";
import { checkIds, checkTargets, checkUpdates } from "./batch-input.js";
import type { BatchUpdate } from "./batch-input.js";
import { UpstreamConflictError } from "./conflict.js";
import type { Conflict } from "./conflict.js";
import { endsBatch, ItemOutcome, outcomeOfError } from "./outcome.js";
import type { BatchResult, ItemResult } from "./outcome.js";
import { hasChange, isStillSame, ReasonWrites } from "./reason-writes.js";
import type { WriteServices, WrittenReason } from "./reason-writes.js";
import { looseTextKey } from "./text.js";
import type { BatchKind } from "./write-observer.js";

export async function updateMany(
  services: WriteServices,
  accountId: string,
  items: readonly BatchUpdate[],
): Promise<BatchResult> {
  checkUpdates(items);
  const batch = await Batch.start(services, accountId);
  checkTargets(
    batch.snapshot,
    items.map(({ id }, index) => ({ value: id, path: `items.${index}.id` })),
  );
  const results: ItemResult[] = [];
  for (const { id, change } of items) results.push(await batch.update(id, change));
  return batch.end("update", results);
}

export async function deleteMany(
  services: WriteServices,
  accountId: string,
  ids: readonly string[],
): Promise<BatchResult> {
  checkIds(ids);
  const batch = await Batch.start(services, accountId);
  const targets = ids.map((id, index) => ({ value: id, path: `ids.${index}` }));
  checkTargets(batch.snapshot, targets, { acceptDeleted: true });
  const results: ItemResult[] = [];
  for (const id of ids) results.push(await batch.delete(id));
  return batch.end("delete", results);
}

/** Writes to an account one after the other, each under the revision that the one before left behind. */
export class Batch {
  readonly #writes: ReasonWrites;
  /** The reasons as the input was checked against them, and as own writes have left them. */
  readonly #expected: Map<string, StatusReasonRecord>;
  /** The revision that the first write must be made under. */
  #pinned: string | undefined;
  #isEnded = false;

  private constructor(
    private readonly services: WriteServices,
    private readonly accountId: string,
    readonly snapshot: AccountSnapshot,
  ) {
    this.#writes = new ReasonWrites(services, snapshot);
    this.#expected = new Map(snapshot.records);
  }

  /** @throws UpstreamError where the reasons cannot be read */
  static async start(services: WriteServices, accountId: string): Promise<Batch> {
    const { api, call } = services;
    return new Batch(services, accountId, await AccountSnapshot.read(api, call, accountId));
  }

  /**
   * Makes the first write conditional: where others have written before it, it throws an UpstreamConflictError. Creates
   * cannot be conditional upstream.
   *
   * @throws UpstreamConflictError where the account is not at `revision`
   */
  pin(revision: string): void {
    if (revision === anyRevision) return;
    const { revision: currentRevision } = this.snapshot;
    if (revision !== currentRevision) throw staleError({ currentRevision, current: null });
    this.#pinned = revision;
  }

  /** A reason as it is known to be now; null where there is none. */
  known(id: string): StatusReasonRecord | null {
    return this.snapshot.records.get(id) ?? null;
  }

  /** Whether a reason that is not deleted has a text, or one that looks like it. */
  isTextTaken(text: string): boolean {
    const key = looseTextKey(text);
    return [...this.snapshot.records.values()].some(
      (record) => !record.deleted && looseTextKey(record.text) === key,
    );
  }

  /** Changes a reason; UNCHANGED without a request where it is so already. */
  update(id: string, change: StatusReasonChange): Promise<ItemResult> {
    const isDone = (record: StatusReasonRecord) => !record.deleted && hasChange(record, change);
    return this.#write(id, change, isDone, (current, pinned) => this.#writes.update(current, change, pinned));
  }

  /** Deletes a reason; UNCHANGED without a request where it is deleted already. */
  delete(id: string): Promise<ItemResult> {
    const isDone = (record: StatusReasonRecord) => record.deleted;
    return this.#write(id, {}, isDone, (current, pinned) => this.#writes.delete(current, pinned));
  }

  /** Creates reasons in one call, all or none. */
  async create(reasons: readonly NewStatusReason[]): Promise<readonly ItemResult[]> {
    if (this.#isEnded || reasons.length === 0) return reasons.map(() => notTried(null));
    const readAt = this.snapshot.revision;
    try {
      const { value, revision } = await this.#writes.createMany(this.accountId, reasons, readAt);
      this.#note(value, revision);
      return value.map((statusReason) => ({ outcome: ItemOutcome.DONE, statusReason }));
    } catch (error) {
      const failed = this.#failed(error, null);
      return reasons.map(() => failed);
    }
  }

  /** Reports the batch. */
  end(kind: BatchKind, results: readonly ItemResult[]): BatchResult {
    this.services.observer.batchEnded?.(
      kind,
      results.map(({ outcome }) => outcome),
    );
    return { results, revision: this.snapshot.revision };
  }

  async #write(
    id: string,
    change: StatusReasonChange,
    isDone: (record: StatusReasonRecord) => boolean,
    send: (current: Revised<StatusReasonRecord>, pinned: string | undefined) => Promise<WrittenReason>,
  ): Promise<ItemResult> {
    if (this.#isEnded) return notTried(this.known(id));
    try {
      await this.#ensureRevision();
      const current = this.known(id);
      if (current === null) {
        const details = { explanation: noSuchReason };
        throw new UpstreamError("not-found", upstreamOperations.listStatusReasons, details);
      }
      if (isDone(current)) return { outcome: ItemOutcome.UNCHANGED, statusReason: current };
      const { revision } = this.snapshot;
      const seen = this.#expected.get(id);
      if (seen === undefined || !isStillSame(change, seen, current)) {
        throw staleError({ currentRevision: revision, current });
      }
      const written = await send({ value: current, revision }, this.#pinned);
      this.#note([written.value], written.revision);
      const outcome = written.isChanged ? ItemOutcome.DONE : ItemOutcome.UNCHANGED;
      return { outcome, statusReason: written.value };
    } catch (error) {
      return this.#failed(error, id);
    }
  }

  /** @throws UpstreamError the batch has ended then: every further item would need the same read */
  async #ensureRevision(): Promise<void> {
    try {
      await this.snapshot.ensureRevision();
    } catch (error) {
      this.#isEnded = true;
      throw error;
    }
  }

  #note(records: readonly StatusReasonRecord[], revision: string | null): void {
    this.#pinned = undefined;
    for (const record of records) this.#expected.set(record.id, record);
    this.snapshot.note(records, revision);
  }

  /** @param id of the reason that was to be written; null: a new one */
  #failed(error: unknown, id: string | null): ItemResult {
    if (!(error instanceof UpstreamError)) throw error;
    const isStale = error instanceof UpstreamConflictError && error.conflict.kind === "STALE_REVISION";
    if (isStale && this.#pinned !== undefined) throw error;
    this.#isEnded ||= endsBatch(error);
    const outcome = outcomeOfError(error);
    const isKnown = id !== null && outcome !== ItemOutcome.UNKNOWN;
    return { outcome, error, statusReason: isKnown ? this.known(id) : null };
  }
}

export function notTried(statusReason: StatusReasonRecord | null): ItemResult {
  return { outcome: ItemOutcome.NOT_TRIED, statusReason };
}

/** The conflict of a write that was not sent, because a read showed that others have written. */
function staleError(now: Pick<Conflict, "currentRevision" | "current">): UpstreamConflictError {
  const refusal = new UpstreamError("conflict", upstreamOperations.listStatusReasons);
  return new UpstreamConflictError(refusal, { kind: "STALE_REVISION", ...now });
}
