import { getHeapStatistics } from "node:v8";

import { TooManySubscriptionsError } from "./subscription-permits.js";

/** Estimated heap size of one decoded record with its entries in maps, in bytes. */
const recordBytes = 2048;

/** The share of the heap for snapshots. */
const heapShare = 0.25;

/**
 * Bounds the records in the snapshots of all pollers together. Without it many subscriptions to large questions could
 * fill the heap, although each is within its own limits.
 */
export class StateBudget {
  #records = 0;

  /** @param maxRecords of all snapshots together */
  constructor(
    private readonly maxRecords = Math.floor((getHeapStatistics().heap_size_limit * heapShare) / recordBytes),
  ) {}

  /**
   * Replaces a snapshot of `before` records by one of `after`.
   *
   * @throws TooManySubscriptionsError where the budget is exceeded; the snapshot of `before` records then still counts
   */
  replace(before: number, after: number): void {
    if (after > before && this.#records + after - before > this.maxRecords) {
      throw new TooManySubscriptionsError(
        "The gateway follows as much data for subscriptions as it can; try again shortly, or ask for less.",
      );
    }
    this.#records += after - before;
  }
}
