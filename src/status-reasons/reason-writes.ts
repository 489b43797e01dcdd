import { anyRevision, textKey, upstreamOperations } from "../upstream/api/index.js";
import type {
  NewStatusReason,
  Revised,
  StatusReasonApi,
  StatusReasonChange,
  StatusReasonRecord,
} from "../upstream/api/index.js";
import type { CallContext } from "../upstream/http/index.js";
import { ConflictExplainer, isConflict } from "./conflict.js";
import type { FollowUpReads } from "./follow-up-reads.js";
import { isLost, LostWriteResolver } from "./lost-write.js";
import { outcomeOfError } from "./outcome.js";
import type { EndedWrite, WriteObserver } from "./write-observer.js";

/** How often a write is attempted against a collection that others keep changing. */
const maxAttempts = 3;

/** A reason after a write. */
export interface WrittenReason extends Revised<StatusReasonRecord> {
  /** Whether the write changed it: false where the upstream says that it was so already. */
  readonly isChanged: boolean;
}

type Attribute = keyof StatusReasonChange | "deleted";

/** An update or a delete. */
interface GuardedWrite {
  /** The upstream's. */
  readonly operation: string;
  readonly change: StatusReasonChange;
  /** Whether a reason is as the write would leave it; null: there is none. */
  readonly isDone: (fresh: StatusReasonRecord | null) => boolean;
  readonly send: (current: Revised<StatusReasonRecord>, ifMatch: string) => Promise<WrittenReason>;
}

/** What writes of one caller need. */
export interface WriteServices {
  readonly api: StatusReasonApi;
  readonly call: CallContext;
  /** The first pause between two reads that look for a lost write, in milliseconds. */
  readonly backoffBaseMs: number;
  readonly observer: WriteObserver;
}

/** Sends the writes of one caller, finds out what refused and lost ones came to, and reports each one. */
export class ReasonWrites {
  readonly #conflicts: ConflictExplainer;
  readonly #lostWrites: LostWriteResolver;

  /** @param reads where the writes see what others have done */
  constructor(
    private readonly services: WriteServices,
    private readonly reads: FollowUpReads,
  ) {
    const { call, backoffBaseMs } = services;
    this.#conflicts = new ConflictExplainer(reads);
    this.#lostWrites = new LostWriteResolver(call, backoffBaseMs);
  }

  /**
   * Puts a reason with a change under the revision that it was read at, and again where that was stale, as long as the
   * attributes of the change are what they were.
   *
   * @param ifRevision sent instead, once
   */
  update(
    current: Revised<StatusReasonRecord>,
    change: StatusReasonChange,
    ifRevision?: string,
  ): Promise<WrittenReason> {
    const { api, call } = this.services;
    const write: GuardedWrite = {
      operation: upstreamOperations.updateStatusReason.operation,
      change,
      isDone: (fresh) => fresh !== null && !fresh.deleted && hasChange(fresh, change),
      send: async (reason, ifMatch) => {
        const { value, revision } = await api.update(call, reason.value, change, ifMatch);
        if (value !== null) return { value, revision, isChanged: true };
        return { value: reason.value, revision: revision ?? reason.revision, isChanged: false };
      },
    };
    return this.#write(current, write, ifRevision);
  }

  /** Deletes a reason, by the same rules as an update. */
  delete(current: Revised<StatusReasonRecord>, ifRevision?: string): Promise<WrittenReason> {
    const { api, call } = this.services;
    const write: GuardedWrite = {
      operation: upstreamOperations.deleteStatusReason.operation,
      change: {},
      isDone: (fresh) => fresh?.deleted ?? true,
      send: async ({ value }, ifMatch) => {
        const { revision, isChanged } = await api.delete(call, value.accountId, value.id, ifMatch);
        return { value: { ...value, deleted: true }, revision, isChanged };
      },
    };
    return this.#write(current, write, ifRevision);
  }

  #write(
    current: Revised<StatusReasonRecord>,
    write: GuardedWrite,
    ifRevision: string | undefined,
  ): Promise<WrittenReason> {
    const { accountId, id } = current.value;
    const { operation } = write;
    return this.#reported({ operation, accountId, id, count: 1 }, this.#attempt(current, write, ifRevision));
  }

  /** @throws UpstreamConflictError where the text is taken */
  create(accountId: string, reason: NewStatusReason): Promise<Revised<StatusReasonRecord>> {
    const { api, call } = this.services;
    const created = this.#explained(accountId, [reason], api.create(call, accountId, reason));
    return this.#reported(
      { operation: upstreamOperations.createStatusReason.operation, accountId, count: 1 },
      created,
    );
  }

  /**
   * Creates several reasons in one call, all or none.
   *
   * @param readAt the revision at which the account had none of the texts; undefined: a lost create is not looked for
   * @throws UpstreamConflictError where one of the texts is taken
   */
  createMany(
    accountId: string,
    reasons: readonly NewStatusReason[],
    readAt?: string | null,
  ): Promise<Revised<readonly StatusReasonRecord[]>> {
    const { api, call } = this.services;
    const sent = api.createMany(call, accountId, reasons);
    const created = readAt ? this.#orFound(sent, { accountId, reasons, readAt }) : sent;
    return this.#reported(
      { operation: upstreamOperations.createStatusReasons.operation, accountId, count: reasons.length },
      this.#explained<Revised<readonly StatusReasonRecord[]>>(accountId, reasons, created),
    );
  }

  /** Explains a create that was refused. */
  async #explained<T>(
    accountId: string,
    reasons: readonly NewStatusReason[],
    created: Promise<T>,
  ): Promise<T> {
    try {
      return await created;
    } catch (error) {
      if (!isConflict(error)) throw error;
      throw await this.#conflicts.explainCreate(error, accountId, reasons);
    }
  }

  /** Looks for the reasons of a create whose response was lost. */
  async #orFound(
    created: Promise<Revised<readonly StatusReasonRecord[]>>,
    {
      accountId,
      reasons,
      readAt,
    }: { accountId: string; reasons: readonly NewStatusReason[]; readAt: string },
  ): Promise<Revised<readonly StatusReasonRecord[]>> {
    try {
      return await created;
    } catch (error) {
      if (!isLost(error)) throw error;
      const found = (records: readonly StatusReasonRecord[]) =>
        reasons.flatMap(
          (reason) => records.find((record) => !record.deleted && hasChange(record, reason)) ?? [],
        );
      const { value, revision } = await this.#lostWrites.resolve({
        error,
        readAt,
        ifMatch: readAt,
        look: () => this.reads.list(accountId),
        isDone: (records) => found(records).length === reasons.length,
      });
      return { value: found(value), revision };
    }
  }

  /** Sends a write, and again with the fresh reason where it was refused as stale. */
  async #attempt(
    read: Revised<StatusReasonRecord>,
    { change, isDone, send }: GuardedWrite,
    ifRevision: string | undefined,
  ): Promise<WrittenReason> {
    const { accountId, id } = read.value;
    let current = read;
    for (let attempts = 1; ; attempts += 1) {
      const ifMatch = ifRevision ?? current.revision ?? anyRevision;
      try {
        return await send(current, ifMatch);
      } catch (error) {
        if (isLost(error)) {
          const look = () => this.reads.byId(accountId, id);
          const lost = { error, readAt: current.revision, ifMatch, look, isDone };
          const { value, revision } = await this.#lostWrites.resolve(lost);
          return { value: value ?? { ...current.value, deleted: true }, revision, isChanged: true };
        }
        if (!isConflict(error)) throw error;
        const refused = { error, ifMatch, target: { accountId, id }, text: change.text };
        const explained = await this.#conflicts.explainWrite(refused);
        const { kind, current: fresh, currentRevision } = explained.conflict;
        const mayAttemptAgain =
          kind === "STALE_REVISION" && ifRevision === undefined && attempts < maxAttempts;
        if (!mayAttemptAgain || fresh === null || !isStillSame(change, current.value, fresh)) throw explained;
        current = { value: fresh, revision: currentRevision };
      }
    }
  }

  /** Reports a write once it has ended. */
  async #reported<T extends Revised<StatusReasonRecord | readonly StatusReasonRecord[]>>(
    { operation, accountId, count, id }: ReportedWrite,
    written: Promise<T>,
  ): Promise<T> {
    const { call, observer } = this.services;
    const report = (outcome: EndedWrite["outcome"], ids: readonly string[]): void => {
      observer.writeEnded?.(call, { operation, accountId, ids, count, outcome });
    };
    try {
      const result = await written;
      const isUnchanged = "isChanged" in result && result.isChanged === false;
      report(
        isUnchanged ? "UNCHANGED" : "DONE",
        [result.value].flat().map((record) => record.id),
      );
      return result;
    } catch (error) {
      report(outcomeOfError(error), id === undefined ? [] : [id]);
      throw error;
    }
  }
}

/** What is reported of a write, besides its outcome. */
interface ReportedWrite extends Pick<EndedWrite, "operation" | "accountId" | "count"> {
  /** The reason that is written to; undefined for creates. */
  readonly id?: string;
}

/** Whether nobody else has changed what a write is about; a reason that was deleted is never written to. */
export function isStillSame(
  change: StatusReasonChange,
  seen: StatusReasonRecord,
  fresh: StatusReasonRecord,
): boolean {
  const attributes: Attribute[] = [...(Object.keys(change) as (keyof StatusReasonChange)[]), "deleted"];
  return attributes.every((attribute) => seen[attribute] === fresh[attribute]);
}

/** Whether a reason is as a change would leave it; texts are compared as the upstream does. */
export function hasChange(record: StatusReasonRecord, { text, state, enabled }: StatusReasonChange): boolean {
  return (
    (text === undefined || textKey(record.text) === textKey(text)) &&
    (state === undefined || record.state === state) &&
    (enabled === undefined || record.enabled === enabled)
  );
}
