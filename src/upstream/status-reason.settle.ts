import type { UpstreamCall } from "./call.js";
import { anyRevision } from "./revision.js";
import type { Revised, StatusReasonApi } from "./status-reason.api.js";
import type { StatusReasonRecord } from "./status-reason.record.js";
import { UpstreamError } from "./upstream-error.js";
import type { UpstreamFault } from "./upstream-error.js";

/** A write that was sent, and whose answer was lost with its connection. */
export interface LostWrite {
  readonly error: UpstreamError;
  /** The reason as it was read before. */
  readonly before: Revised<StatusReasonRecord>;
  /** The revision that was sent. */
  readonly ifMatch: string;
  /** Whether a reason is as the write was to leave it; null: there is none. */
  readonly isDone: (fresh: StatusReasonRecord | null) => boolean;
}

const brokenConnection: ReadonlySet<UpstreamFault> = new Set(["unavailable", "cut-off"]);

/** Whether a write may or may not have happened, and there is time left to look. */
export function isLost(error: unknown): error is UpstreamError {
  return error instanceof UpstreamError && brokenConnection.has(error.fault) && error.outcome === "unknown";
}

/**
 * Finds out with one read what became of a lost write. It is never sent again: only the caller knows whether
 * that is wanted.
 *
 * @returns the reason as it is now, where it is as the write was to leave it; null: there is none any more
 * @throws UpstreamError that it was not done, where nothing has changed, or else that this is unknown
 */
export async function settleLostWrite(
  api: StatusReasonApi,
  call: UpstreamCall,
  { error, before, ifMatch, isDone }: LostWrite,
): Promise<Revised<StatusReasonRecord | null>> {
  // Without revisions to compare, one cannot tell an own write from what was there or what others did.
  if (ifMatch === anyRevision || before.revision === null) throw error;
  const fresh = await lookAgain(api, call, before.value, error);
  if (fresh.revision === before.revision) throw notDone(error);
  // Under another revision than the one it was read at, it cannot have been this write that shows.
  if (fresh.revision === null || ifMatch !== before.revision || !isDone(fresh.value)) throw error;
  return fresh;
}

async function lookAgain(
  api: StatusReasonApi,
  call: UpstreamCall,
  { accountId, id }: StatusReasonRecord,
  lost: UpstreamError,
): Promise<Revised<StatusReasonRecord | null>> {
  try {
    return await api.byId(call, accountId, id);
  } catch {
    // What the caller must learn of is the write.
    throw lost;
  }
}

function notDone(error: UpstreamError): UpstreamError {
  return new UpstreamError(error.fault, error.call, { cause: error, outcome: "not-done" });
}
