import { createHmac, randomBytes } from "node:crypto";

import { LRUCache } from "lru-cache";

import type { SharedState } from "../shared-state/index.js";

/** The time that operations are counted over, in milliseconds. */
const windowMs = 60_000;

/** The operations of how many callers are counted; those of the one that sent none for longest are forgotten. */
const maxCallers = 50_000;

/** Which part of its limit a caller may use up before the other copies are told. */
const untoldShare = 1 / 20;

/** The operations of callers that other copies of the gateway have counted. */
export type SharedCounts = Pick<SharedState, "countOperations">;

/** A caller's operations in this window of time and the one before. */
interface Count {
  window: number;
  /** Of all copies, as far as is known. */
  current: number;
  previous: number;
  /** Of this copy alone, not told to the others yet. */
  untold: number;
}

export interface CallerRatesOptions {
  /** The limit of operations in a minute. */
  readonly perMinute: number;
  readonly shared: SharedCounts;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/**
 * Limits the operations of each caller, the sender of an `Authorization` header, over a sliding minute: those of this
 * minute of the clock, and of the one before as many as would be left if they had come evenly.
 */
export class CallerRates {
  readonly #counts = new LRUCache<string, Count>({ max: maxCallers });
  /** Kept are digests, which take little room, whatever a caller sends. */
  readonly #secret = randomBytes(32);

  constructor(private readonly options: CallerRatesOptions) {}

  /**
   * Counts an operation, unless its caller has had as many as it may.
   *
   * @returns 0 where the caller may send it, else in how many seconds it may send one again
   */
  take(authorization: string): number {
    const nowMs = this.options.now();
    const count = this.#countOf(authorization, Math.floor(nowMs / windowMs));
    const waitMs = waitOf(count, this.options.perMinute, nowMs % windowMs);
    if (waitMs > 0) return Math.ceil(waitMs / 1000);
    count.current += 1;
    count.untold += 1;
    if (count.untold >= this.options.perMinute * untoldShare) this.#tell(authorization, count);
    return 0;
  }

  #countOf(authorization: string, window: number): Count {
    const key = createHmac("sha256", this.#secret).update(authorization).digest("base64url");
    let count = this.#counts.get(key);
    if (count === undefined) {
      count = { window, current: 0, previous: 0, untold: 0 };
      this.#counts.set(key, count);
    }
    if (count.window !== window) {
      count.previous = count.window === window - 1 ? count.current : 0;
      Object.assign(count, { window, current: 0, untold: 0 });
    }
    return count;
  }

  /** Adds the operations to those of the other copies. Nobody waits for their number. */
  #tell(authorization: string, count: Count): void {
    const { window, untold } = count;
    count.untold = 0;
    void this.options.shared
      .countOperations(authorization, window, untold, 2 * windowMs)
      .then((total = 0) => {
        if (count.window === window) count.current = Math.max(count.current, total + count.untold);
      });
  }
}

/** @returns how long until there is room for one more operation, in milliseconds; 0: there is */
function waitOf({ current, previous }: Count, limit: number, elapsedMs: number): number {
  if (current < limit) return Math.max(0, untilLeft(previous, limit - current) - elapsedMs);
  return windowMs - elapsedMs + untilLeft(current, limit);
}

/** @returns when in the next window no more than `most` of a window's operations count, in milliseconds */
function untilLeft(operations: number, most: number): number {
  return operations <= most ? 0 : windowMs * (1 - most / operations);
}
