import { sleep } from "../lib/index.js";
import { anyRevision } from "../upstream/api/index.js";
import type { Revised } from "../upstream/api/index.js";
import { UpstreamError } from "../upstream/http/index.js";
import type { CallContext, UpstreamFault } from "../upstream/http/index.js";

/** A write that was sent, and whose response was lost with its connection. */
export interface LostWrite<T> {
  readonly error: UpstreamError;
  /** The revision of the read before it. */
  readonly readAt: string | null;
  /** The revision that was sent; of a create, which sends none, that of the read before it. */
  readonly ifMatch: string;
  /** Reads what the write was to change; undefined where the read fails. */
  readonly look: () => Promise<Revised<T> | undefined>;
  /** Whether it is as the write was to leave it. */
  readonly isDone: (fresh: T) => boolean;
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
    private readonly call: Pick<CallContext, "signal" | "deadlineAtMs">,
    private readonly firstPauseMs: number,
  ) {}

  /**
   * Reads at once and then after pauses, for as long as the deadline allows. The write is never sent again:
   * only the caller knows whether that is wanted.
   *
   * A new revision shows that it happened. An unchanged one shows nothing, because the upstream may still process the
   * request: so no read can tell that the write was not done.
   *
   * @returns what was read, where it is as the write was to leave it
   * @throws UpstreamError the write's own, whose outcome is unknown
   */
  async resolve<T>({ error, readAt, ifMatch, look, isDone }: LostWrite<T>): Promise<Revised<T>> {
    // Without revisions to compare, or under another one than the reason was read at, no read can tell this write
    // from what was there or what others did.
    if (ifMatch === anyRevision || ifMatch !== readAt) throw error;
    for (let reads = 1, pauseMs = this.firstPauseMs; reads <= maxReads; reads += 1, pauseMs *= 2) {
      const fresh = await look();
      if (fresh !== undefined && isNewer(fresh, ifMatch)) {
        // Whoever wrote it: a request under the old revision is refused from now on, so further reads show no more.
        // A create, which is sent under no revision, may still be processed, and stays unknown.
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
