import { anyRevision, textKey, upstreamOperations } from "../upstream/api/index.js";
import type {
  NewStatusReason,
  Revised,
  StatusReasonApi,
  StatusReasonChange,
  StatusReasonRecord,
} from "../upstream/api/index.js";
import type { CallContext } from "../upstream/http/index.js";
import { UpstreamError } from "../upstream/http/index.js";
import type { Upstream } from "../upstream/index.js";
import { ConflictExplainer, isConflict } from "./conflict.js";
import { FollowUpReads } from "./follow-up-reads.js";
import { isLost, LostWriteResolver } from "./lost-write.js";

/** How often a write is attempted against a collection that others keep changing. */
const maxAttempts = 3;

/** Which reason to write, and the revision the caller insists on, if any. */
export interface WriteTarget {
  readonly accountId: string;
  readonly id: string;
  /** Sent as `If-Match` unchanged; a stale one is a conflict for the caller to resolve. */
  readonly ifRevision?: string | null | undefined;
}

type Attribute = keyof StatusReasonChange | "deleted";

/** An update or a delete of a reason that was just read. */
interface GuardedWrite {
  readonly change: StatusReasonChange;
  /** Whether a reason is as the write would leave it; null: there is none. */
  readonly isDone: (fresh: StatusReasonRecord | null) => boolean;
  readonly send: (
    current: Revised<StatusReasonRecord>,
    ifMatch: string,
  ) => Promise<Revised<StatusReasonRecord>>;
}

/** Writes the status reasons of any account in the name of one caller; made once for a GraphQL request. */
export class StatusReasonWriter {
  readonly #api: StatusReasonApi;
  readonly #conflicts: ConflictExplainer;
  readonly #lostWrites: LostWriteResolver;

  /** @param onWritten called with the account when a write has ended, also with an error: what was read before may be outdated */
  constructor(
    { statusReasons, backoffBaseMs }: Pick<Upstream, "statusReasons" | "backoffBaseMs">,
    private readonly call: CallContext,
    private readonly onWritten: (accountId: string) => void,
  ) {
    const reads = new FollowUpReads(statusReasons, call);
    this.#api = statusReasons;
    this.#conflicts = new ConflictExplainer(reads);
    this.#lostWrites = new LostWriteResolver(reads, call, backoffBaseMs);
  }

  /** @throws UpstreamConflictError where the text is taken */
  create(accountId: string, reason: NewStatusReason): Promise<Revised<StatusReasonRecord>> {
    return this.#create(accountId, [reason], this.#api.create(this.call, accountId, reason));
  }

  /** @throws UpstreamConflictError where one of the texts is taken; then none is created */
  createMany(accountId: string, reasons: readonly NewStatusReason[]): Promise<Revised<StatusReasonRecord[]>> {
    return this.#create(accountId, reasons, this.#api.createMany(this.call, accountId, reasons));
  }

  /**
   * Changes a reason: reads it, merges, and puts the whole object back under the revision it was read at.
   *
   * @throws UpstreamConflictError where the text is taken, or somebody else changed the same attributes
   */
  update(target: WriteTarget, change: StatusReasonChange): Promise<Revised<StatusReasonRecord>> {
    return this.#write(target, {
      change,
      isDone: (fresh) => fresh !== null && !fresh.deleted && hasChange(fresh, change),
      send: async (current, ifMatch) => {
        const { value, revision } = await this.#api.update(this.call, current.value, change, ifMatch);
        return { value: value ?? current.value, revision: revision ?? (value ? null : current.revision) };
      },
    });
  }

  /**
   * Deletes a reason, by the same rules as an update.
   *
   * @returns the reason as it was, with `deleted: true`
   */
  delete(target: WriteTarget): Promise<Revised<StatusReasonRecord>> {
    return this.#write(target, {
      change: {},
      isDone: (fresh) => fresh?.deleted ?? true,
      send: async (current, ifMatch) => {
        const { revision } = await this.#api.delete(this.call, target.accountId, target.id, ifMatch);
        return { value: { ...current.value, deleted: true }, revision };
      },
    });
  }

  async #create<T>(accountId: string, reasons: readonly NewStatusReason[], created: Promise<T>): Promise<T> {
    try {
      return await created;
    } catch (error) {
      if (!isConflict(error)) throw error;
      throw await this.#conflicts.explainCreate(error, accountId, reasons);
    } finally {
      this.onWritten(accountId);
    }
  }

  async #write(target: WriteTarget, write: GuardedWrite): Promise<Revised<StatusReasonRecord>> {
    try {
      return await this.#attempt(await this.#read(target), target, write);
    } finally {
      this.onWritten(target.accountId);
    }
  }

  /** Sends a write, and again with the fresh reason where it was refused as stale. */
  async #attempt(
    read: Revised<StatusReasonRecord>,
    target: WriteTarget,
    { change, isDone, send }: GuardedWrite,
  ): Promise<Revised<StatusReasonRecord>> {
    const ifRevision = target.ifRevision ?? undefined;
    let current = read;
    for (let attempts = 1; ; attempts += 1) {
      const ifMatch = ifRevision ?? current.revision ?? anyRevision;
      try {
        return await send(current, ifMatch);
      } catch (error) {
        if (isLost(error)) {
          const fresh = await this.#lostWrites.resolve({ error, before: current, ifMatch, isDone });
          return { ...fresh, value: fresh.value ?? { ...current.value, deleted: true } };
        }
        if (!isConflict(error)) throw error;
        const refused = { error, ifMatch, target, text: change.text };
        const explained = await this.#conflicts.explainWrite(refused);
        const { kind, current: fresh, currentRevision } = explained.conflict;
        const mayAttemptAgain =
          kind === "STALE_REVISION" && ifRevision === undefined && attempts < maxAttempts;
        if (!mayAttemptAgain || fresh === null || !isSameIn(attributesOf(change), current.value, fresh)) {
          throw explained;
        }
        current = { value: fresh, revision: currentRevision };
      }
    }
  }

  /** @throws UpstreamError `not-found` where there is no such reason, or it is deleted */
  async #read({ accountId, id }: WriteTarget): Promise<Revised<StatusReasonRecord>> {
    const { value, revision } = await this.#api.byId(this.call, accountId, id);
    if (value === null || value.deleted) {
      const details = value === null ? { status: 404 } : {};
      throw new UpstreamError("not-found", upstreamOperations.getStatusReason, details);
    }
    return { value, revision };
  }
}

/** The attributes that nobody else may have changed; a reason that was deleted is never written to. */
function attributesOf(change: StatusReasonChange): Attribute[] {
  return [...(Object.keys(change) as (keyof StatusReasonChange)[]), "deleted"];
}

function isSameIn(attributes: readonly Attribute[], a: StatusReasonRecord, b: StatusReasonRecord): boolean {
  return attributes.every((attribute) => a[attribute] === b[attribute]);
}

/** Whether a reason is as a change would leave it; texts are compared as the upstream does. */
function hasChange(record: StatusReasonRecord, { text, state, enabled }: StatusReasonChange): boolean {
  return (
    (text === undefined || textKey(record.text) === textKey(text)) &&
    (state === undefined || record.state === state) &&
    (enabled === undefined || record.enabled === enabled)
  );
}
