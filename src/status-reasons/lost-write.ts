import type { CallContext, UpstreamFault } from "../upstream/http/index.js";
import { sleep } from "../lib/index.js";
import { anyRevision } from "../upstream/api/index.js";
import type { Revised, StatusReasonApi, StatusReasonRecord } from "../upstream/api/index.js";
import { UpstreamError } from "../upstream/http/index.js";

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

/** How often a lost write is looked for: with the default pause, over three seconds. */
const maxLooks = 6;

/**
 * Looks whether a lost write has happened, at once and then after pauses, each twice as long, for as long as the
 * deadline allows. It is never sent again: only the caller knows whether that is wanted.
 *
 * That it happened shows in a new revision. That nothing has changed yet shows nothing: the upstream may have the
 * request, and may still process it. So no look can tell that the write was not done.
 *
 * @returns the reason as it is now, where it is as the write was to leave it; null: there is none any more
 * @throws UpstreamError that the outcome is unknown
 */
export async function settleLostWrite(
  api: StatusReasonApi,
  call: CallContext,
  { error, before, ifMatch, isDone }: LostWrite,
): Promise<Revised<StatusReasonRecord | null>> {
  // Without revisions to compare, or under another one than the reason was read at, no look can tell an own write
  // from what was there or what others did.
  if (ifMatch === anyRevision || ifMatch !== before.revision) throw error;
  const { accountId, id } = before.value;
  for (let looks = 1, pauseMs = api.lookPauseMs; looks <= maxLooks; looks += 1, pauseMs *= 2) {
    const fresh = await unlessFailing(api.byId(call, accountId, id));
    if (fresh !== undefined && isNewer(fresh, ifMatch)) {
      // Whoever wrote it: what comes under the old revision from now on is refused, so another look shows no more.
      if (!isDone(fresh.value)) throw error;
      return fresh;
    }
    const isTime = looks < maxLooks && Date.now() + pauseMs < call.deadlineAtMs;
    if (!isTime || !(await sleep(pauseMs, call.signal))) break;
  }
  throw error;
}

/** A copy of the upstream that lags behind shows an older revision, of which nothing follows. */
function isNewer({ revision }: Revised<unknown>, than: string): boolean {
  return revision !== null && BigInt(revision) > BigInt(than);
}

/** What the caller must learn of is the write, also where looking for it fails. */
async function unlessFailing<T>(look: Promise<T>): Promise<T | undefined> {
  try {
    return await look;
  } catch {
    return undefined;
  }
}
