import { sleep } from "../lib/index.js";
import { anyRevision } from "../upstream/api/index.js";
import type { Revised, StatusReasonRecord } from "../upstream/api/index.js";
import { UpstreamError } from "../upstream/http/index.js";
import type { CallContext, UpstreamFault } from "../upstream/http/index.js";
import type { FollowUpReads } from "./follow-up-reads.js";

/** A write that was sent, and whose response was lost with its connection. */
export interface LostWrite {
  readonly error: UpstreamError;
  /** The reason as it was read before. */
  readonly before: Revised<StatusReasonRecord>;
  /** The revision that was sent. */
  readonly ifMatch: string;
  /** Whether a reason is as the write was to leave it; null: there is none. */
  readonly isDone: (fresh: StatusReasonRecord | null) => boolean;
}

/** The most reads that look for one lost write: with the default pause they span over three seconds. */
const maxReads = 6;

const brokenConnection: ReadonlySet<UpstreamFault> = new Set(["unavailable", "cut-off"]);

/** Whether a write failed in a way that leaves open whether it happened. */
export function isLost(error: unknown): error is UpstreamError {
  return error instanceof UpstreamError && brokenConnection.has(error.fault) && error.outcome === "unknown";
}

/** Finds out whether lost writes have happened. */
export class LostWriteResolver {
  /** @param firstPauseMs the pause after the first read, in milliseconds; each further one is twice as long */
  constructor(
    private readonly reads: FollowUpReads,
    private readonly call: Pick<CallContext, "signal" | "deadlineAtMs">,
    private readonly firstPauseMs: number,
  ) {}

  /**
   * Reads the reason at once and then after pauses, for as long as the deadline allows. The write is never sent again:
   * only the caller knows whether that is wanted.
   *
   * A new revision shows that it happened. An unchanged one shows nothing, because the upstream may still process the
   * request: so no read can tell that the write was not done.
   *
   * @returns the reason as it is now, where it is as the write was to leave it; null: there is none any more
   * @throws UpstreamError the write's own, whose outcome is unknown
   */
  async resolve({ error, before, ifMatch, isDone }: LostWrite): Promise<Revised<StatusReasonRecord | null>> {
    // Without revisions to compare, or under another one than the reason was read at, no read can tell this write
    // from what was there or what others did.
    if (ifMatch === anyRevision || ifMatch !== before.revision) throw error;
    const { accountId, id } = before.value;
    for (let reads = 1, pauseMs = this.firstPauseMs; reads <= maxReads; reads += 1, pauseMs *= 2) {
      const fresh = await this.reads.byId(accountId, id);
      if (fresh !== undefined && isNewer(fresh, ifMatch)) {
        // Whoever wrote it: a request under the old revision is refused from now on, so further reads show no more.
        if (!isDone(fresh.value)) throw error;
        return fresh;
      }
      const hasTime = reads < maxReads && Date.now() + pauseMs < this.call.deadlineAtMs;
      if (!hasTime || !(await sleep(pauseMs, this.call.signal))) break;
    }
    throw error;
  }
}

/** A replica of the upstream that lags behind shows an older revision, which says nothing. */
function isNewer({ revision }: Revised<unknown>, than: string): boolean {
  return revision !== null && BigInt(revision) > BigInt(than);
}
