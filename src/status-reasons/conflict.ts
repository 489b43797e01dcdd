import { anyRevision } from "../upstream/api/index.js";
import type {
  NewStatusReason,
  Revised,
  StatusReasonList,
  StatusReasonRecord,
} from "../upstream/api/index.js";
import { UpstreamError } from "../upstream/http/index.js";
import type { FollowUpRead, FollowUpReads } from "./follow-up-reads.js";
import { looseTextKey } from "./text.js";

/** Why a write was refused, as far as a fresh read could tell. */
export interface Conflict {
  readonly kind: "STALE_REVISION" | "DUPLICATE_TEXT" | "UNKNOWN";
  /** The collection's revision now. */
  readonly currentRevision: string | null;
  /** The reason as it is now; for a duplicate on create, the one that has the text. */
  readonly current: StatusReasonRecord | null;
}

/** A refused write (409, 412) with the cause that fresh reads found. */
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
interface RefusedWrite {
  readonly error: UpstreamError;
  readonly target: { readonly accountId: string; readonly id: string };
  /** The revision that was sent. */
  readonly ifMatch: string;
  /** The text that was to be written, if any. */
  readonly text: string | undefined;
}

export function isConflict(error: unknown): error is UpstreamError {
  return error instanceof UpstreamError && error.fault === "conflict";
}

/**
 * Finds the cause of refused writes. The upstream responds with 409 both to a stale revision and to a text that is taken, and
 * its error bodies are not documented: so the cause is taken from a fresh read, never from the message.
 */
export class ConflictExplainer {
  constructor(private readonly reads: FollowUpReads) {}

  /** Explains a refused update or delete with one read, or two where a text may be taken and no list was read. */
  async explainWrite({ error, target, ifMatch, text }: RefusedWrite): Promise<UpstreamConflictError> {
    const { accountId, id } = target;
    const fresh = await this.reads.byId(accountId, id);
    const now = { currentRevision: fresh?.revision ?? null, current: fresh?.value ?? null };
    const isTaken = async (wanted: string, { list }: FollowUpRead) =>
      findHolder(list ?? (await this.reads.list(accountId)), [wanted], id) !== undefined;
    const kind = isStale(error, ifMatch, fresh)
      ? "STALE_REVISION"
      : fresh !== undefined && text !== undefined && (await isTaken(text, fresh))
        ? "DUPLICATE_TEXT"
        : "UNKNOWN";
    return new UpstreamConflictError(error, { kind, ...now });
  }

  /** Explains a refused create with one read: which reason has one of the texts already. */
  async explainCreate(
    error: UpstreamError,
    accountId: string,
    reasons: readonly NewStatusReason[],
  ): Promise<UpstreamConflictError> {
    const texts = reasons.map(({ text }) => text);
    const holder = findHolder(await this.reads.list(accountId), texts);
    return new UpstreamConflictError(error, {
      kind: holder === undefined ? "UNKNOWN" : "DUPLICATE_TEXT",
      currentRevision: holder?.revision ?? null,
      current: holder?.value ?? null,
    });
  }
}

/** The reason other than `exceptId` that has one of `texts`, or one that the upstream may take for the same. */
function findHolder(
  list: StatusReasonList | undefined,
  texts: readonly string[],
  exceptId?: string,
): Revised<StatusReasonRecord> | undefined {
  if (list === undefined) return undefined;
  const taken = new Set(texts.map(looseTextKey));
  const holders = list.value.filter(({ id, text }) => id !== exceptId && taken.has(looseTextKey(text)));
  const holder = holders.find((record) => !record.deleted) ?? holders[0];
  return holder && { value: holder, revision: list.revision };
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
