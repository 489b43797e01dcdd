import type { CallContext } from "../upstream/http/index.js";
import { anyRevision, textKey } from "../upstream/api/index.js";
import type { NewStatusReason, Revised, StatusReasonApi, StatusReasonRecord } from "../upstream/api/index.js";
import { UpstreamError } from "../upstream/http/index.js";

/*
 * The upstream says 409 both for a stale revision and for a text that is taken, and its error bodies are
 * not documented. So what a 409 means is found out by a fresh look, never by reading its message.
 */

/** Why a write was refused, as far as a fresh read could tell. */
export interface Conflict {
  readonly kind: "STALE_REVISION" | "DUPLICATE_TEXT" | "UNKNOWN";
  /** The collection's revision now. */
  readonly currentRevision: string | null;
  /** The reason as it is now; for a duplicate on create, the one that has the text. */
  readonly current: StatusReasonRecord | null;
}

/** A refused write (409, 412) whose cause was looked into. */
export class UpstreamConflictError extends UpstreamError {
  override readonly name = "UpstreamConflictError";

  constructor(
    refusal: UpstreamError,
    readonly conflict: Conflict,
  ) {
    super("conflict", refusal.operation, refusal);
  }
}

/** A refused update or delete. */
interface Refusal {
  readonly error: UpstreamError;
  readonly target: { readonly accountId: string; readonly id: string };
  /** The revision that was sent. */
  readonly ifMatch: string;
  /** The text that was to be written, if any. */
  readonly text: string | undefined;
}

/** Finds out why an update or delete was refused, with one read, or two where a text may be taken. */
export async function explainRefusedWrite(
  api: StatusReasonApi,
  call: CallContext,
  { error, target, ifMatch, text }: Refusal,
): Promise<UpstreamConflictError> {
  const { accountId, id } = target;
  const fresh = await unlessFailing(api.byId(call, accountId, id));
  const now = { currentRevision: fresh?.revision ?? null, current: fresh?.value ?? null };
  if (isStale(error, ifMatch, fresh)) return explained(error, { kind: "STALE_REVISION", ...now });
  if (text === undefined || fresh === undefined) return explained(error, { kind: "UNKNOWN", ...now });

  const holder = await findHolder(api, call, accountId, (record) => record.id !== id, [text]);
  return explained(error, { kind: holder === undefined ? "UNKNOWN" : "DUPLICATE_TEXT", ...now });
}

/** Finds out why a create was refused, with one read: which reason has one of the texts already. */
export async function explainRefusedCreate(
  api: StatusReasonApi,
  call: CallContext,
  accountId: string,
  reasons: readonly NewStatusReason[],
  error: UpstreamError,
): Promise<UpstreamConflictError> {
  const texts = reasons.map(({ text }) => text);
  const holder = await findHolder(api, call, accountId, () => true, texts);
  return explained(error, {
    kind: holder === undefined ? "UNKNOWN" : "DUPLICATE_TEXT",
    currentRevision: holder?.revision ?? null,
    current: holder?.value ?? null,
  });
}

function isStale(
  error: UpstreamError,
  ifMatch: string,
  fresh: Revised<StatusReasonRecord | null> | undefined,
): boolean {
  if (error.status === 412) return true;
  const revision = fresh?.revision ?? null;
  return ifMatch !== anyRevision && revision !== null && revision !== ifMatch;
}

/** The reason that has one of `texts`, ignoring case, which the upstream may ignore too. */
async function findHolder(
  api: StatusReasonApi,
  call: CallContext,
  accountId: string,
  isCandidate: (record: StatusReasonRecord) => boolean,
  texts: readonly string[],
): Promise<Revised<StatusReasonRecord> | undefined> {
  const list = await unlessFailing(api.list(call, accountId, true));
  const taken = new Set(texts.map(foldedKey));
  const holders = (list?.value ?? []).filter(
    (record) => isCandidate(record) && taken.has(foldedKey(record.text)),
  );
  const holder = holders.find((record) => !record.deleted) ?? holders[0];
  return holder === undefined || list === undefined ? undefined : { value: holder, revision: list.revision };
}

function foldedKey(text: string): string {
  return textKey(text).toLowerCase();
}

/** The refusal is what the caller must learn of, even where the upstream then fails to explain it. */
async function unlessFailing<T>(look: Promise<T>): Promise<T | undefined> {
  try {
    return await look;
  } catch {
    return undefined;
  }
}

function explained(error: UpstreamError, conflict: Conflict): UpstreamConflictError {
  return new UpstreamConflictError(error, conflict);
}
