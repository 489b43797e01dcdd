import type { CallContext } from "../upstream/http/index.js";
import { anyRevision, textKey, upstreamOperations } from "../upstream/api/index.js";
import type {
  NewStatusReason,
  Revised,
  StatusReasonApi,
  StatusReasonChange,
  StatusReasonRecord,
} from "../upstream/api/index.js";
import { explainRefusedCreate, explainRefusedWrite } from "./conflict.js";
import { isLost, settleLostWrite } from "./lost-write.js";
import { UpstreamError } from "../upstream/http/index.js";

/** How often a write is tried against a collection that keeps changing under it. */
const maxTries = 3;

/** Which reason to write, and the revision the caller insists on, if any. */
export interface WriteTarget {
  readonly accountId: string;
  readonly id: string;
  /** Sent as `If-Match` as it is; a stale one is the caller's conflict. */
  readonly ifRevision?: string | null | undefined;
}

type Attribute = keyof StatusReasonChange | "deleted";

/** One kind of write to one reason that was just read. */
interface GuardedWrite {
  readonly change: StatusReasonChange;
  /** Whether a reason is as the write would leave it; null: there is none. */
  readonly isDone: (fresh: StatusReasonRecord | null) => boolean;
  readonly send: (
    current: Revised<StatusReasonRecord>,
    ifMatch: string,
  ) => Promise<Revised<StatusReasonRecord>>;
}

/** @throws UpstreamConflictError where the text is taken */
export function createStatusReason(
  api: StatusReasonApi,
  call: CallContext,
  accountId: string,
  reason: NewStatusReason,
): Promise<Revised<StatusReasonRecord>> {
  return explainingRefusal(api, call, accountId, [reason], api.create(call, accountId, reason));
}

/** @throws UpstreamConflictError where one of the texts is taken; then none is created */
export function createStatusReasons(
  api: StatusReasonApi,
  call: CallContext,
  accountId: string,
  reasons: readonly NewStatusReason[],
): Promise<Revised<StatusReasonRecord[]>> {
  return explainingRefusal(api, call, accountId, reasons, api.createMany(call, accountId, reasons));
}

/**
 * Changes a reason: reads it, merges, and puts the whole object back under the revision it was read at.
 *
 * @throws UpstreamConflictError where the text is taken, or somebody else changed the same attributes
 */
export function updateStatusReason(
  api: StatusReasonApi,
  call: CallContext,
  target: WriteTarget,
  change: StatusReasonChange,
): Promise<Revised<StatusReasonRecord>> {
  return writeGuarded(api, call, target, {
    change,
    isDone: (fresh) => fresh !== null && !fresh.deleted && holds(fresh, change),
    send: async (current, ifMatch) => {
      const { value, revision } = await api.update(call, current.value, change, ifMatch);
      return { value: value ?? current.value, revision: revision ?? (value ? null : current.revision) };
    },
  });
}

/**
 * Deletes a reason, by the same rules as an update.
 *
 * @returns the reason as it was, with `deleted: true`
 */
export function deleteStatusReason(
  api: StatusReasonApi,
  call: CallContext,
  target: WriteTarget,
): Promise<Revised<StatusReasonRecord>> {
  return writeGuarded(api, call, target, {
    change: {},
    isDone: (fresh) => fresh?.deleted ?? true,
    send: async (current, ifMatch) => {
      const { revision } = await api.delete(call, target.accountId, target.id, ifMatch);
      return { value: { ...current.value, deleted: true }, revision };
    },
  });
}

async function explainingRefusal<T>(
  api: StatusReasonApi,
  call: CallContext,
  accountId: string,
  reasons: readonly NewStatusReason[],
  create: Promise<T>,
): Promise<T> {
  try {
    return await create;
  } catch (error) {
    if (!isConflict(error)) throw error;
    throw await explainRefusedCreate(api, call, accountId, reasons, error);
  }
}

/** Reads, writes, and where the write was refused as stale tries again from a fresh read. */
async function writeGuarded(
  api: StatusReasonApi,
  call: CallContext,
  target: WriteTarget,
  write: GuardedWrite,
): Promise<Revised<StatusReasonRecord>> {
  let current = await readLive(api, call, target);
  for (let tries = 1; ; tries += 1) {
    const ifMatch = target.ifRevision ?? current.revision ?? anyRevision;
    try {
      return await write.send(current, ifMatch);
    } catch (error) {
      if (isLost(error)) {
        const { isDone } = write;
        const fresh = await settleLostWrite(api, call, { error, before: current, ifMatch, isDone });
        return { ...fresh, value: fresh.value ?? { ...current.value, deleted: true } };
      }
      if (!isConflict(error)) throw error;
      const refusal = { error, ifMatch, target, text: write.change.text };
      const conflict = await explainRefusedWrite(api, call, refusal);
      const { kind, current: fresh, currentRevision } = conflict.conflict;
      const isWorthTrying =
        (target.ifRevision ?? null) === null && kind === "STALE_REVISION" && tries < maxTries;
      if (!isWorthTrying || fresh === null || !isSameIn(touched(write.change), current.value, fresh)) {
        throw conflict;
      }
      current = { value: fresh, revision: currentRevision };
    }
  }
}

/** @throws UpstreamError `not-found` where there is none, or none any more */
async function readLive(
  api: StatusReasonApi,
  call: CallContext,
  { accountId, id }: WriteTarget,
): Promise<Revised<StatusReasonRecord>> {
  const { value, revision } = await api.byId(call, accountId, id);
  if (value === null || value.deleted) {
    const details = value === null ? { status: 404 } : {};
    throw new UpstreamError("not-found", upstreamOperations.getStatusReason, details);
  }
  return { value, revision };
}

/** Whatever is written, a reason that was deleted meanwhile is not the one the caller meant. */
function touched(change: StatusReasonChange): Attribute[] {
  return [...(Object.keys(change) as (keyof StatusReasonChange)[]), "deleted"];
}

function isSameIn(attributes: readonly Attribute[], a: StatusReasonRecord, b: StatusReasonRecord): boolean {
  return attributes.every((attribute) => a[attribute] === b[attribute]);
}

/** Whether a reason is as a change would leave it; texts are compared as the upstream does. */
function holds(record: StatusReasonRecord, { text, state, enabled }: StatusReasonChange): boolean {
  return (
    (text === undefined || textKey(record.text) === textKey(text)) &&
    (state === undefined || record.state === state) &&
    (enabled === undefined || record.enabled === enabled)
  );
}

function isConflict(error: unknown): error is UpstreamError {
  return error instanceof UpstreamError && error.fault === "conflict";
}
