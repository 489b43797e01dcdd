import { LRUCache } from "lru-cache";

/** How many accounts can be paused at the same time, as other copies tell. */
export const maxPauses = 10_000;

/** The pauses that other copies have told of, by the accounts' digests. */
export class KnownPauses {
  /** Epoch milliseconds. */
  readonly #untilMs = new LRUCache<string, number>({ max: maxPauses });
  /** When the last of them ends, in epoch milliseconds. */
  #lastUntilMs = 0;

  /** @param longestMs the longest pause that is believed, in milliseconds */
  constructor(private readonly longestMs: number) {}

  /** Hot path: once all pauses are over, no account is looked up. */
  get isEmpty(): boolean {
    return this.#lastUntilMs === 0 || this.#lastUntilMs <= Date.now();
  }

  /**
   * Of several pauses the longest holds.
   *
   * @param forMs how long it lasts, in milliseconds; of another type or negative where the Redis talks nonsense, and then ignored
   */
  add(account: string, forMs: unknown): void {
    if (typeof forMs !== "number" || !(forMs > 0)) return;
    const untilMs = Date.now() + Math.min(forMs, this.longestMs);
    if (untilMs > this.untilMs(account)) this.#untilMs.set(account, untilMs);
    this.#lastUntilMs = Math.max(this.#lastUntilMs, untilMs);
  }

  /** 0 if the account is not paused, or in the past. */
  untilMs(account: string): number {
    return this.#untilMs.get(account) ?? 0;
  }
}
