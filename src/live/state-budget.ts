import { getHeapStatistics } from "node:v8";

import { TooManySubscriptionsError } from "./subscription-permits.js";

/** What one decoded record takes on the heap, with its place in the maps that are made of it, in bytes. */
const recordBytes = 2048;

/** The share of the heap that snapshots may take. */
const heapShare = 0.25;

/**
 * Bounds what the snapshots of all pollers take together, in records: subscriptions to many large questions would
 * otherwise fill the heap, each of them within its own limits.
 */
export class StateBudget {
  #records = 0;

  /** @param maxRecords how many records all snapshots may have together */
  constructor(
    private readonly maxRecords = Math.floor((getHeapStatistics().heap_size_limit * heapShare) / recordBytes),
  ) {}

  /**
   * Replaces a snapshot of `before` records by one of `after`.
   *
   * @throws TooManySubscriptionsError where there is no room; what was there before still counts
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
