import { LRUCache } from "lru-cache";

/** How many accounts can be paused at the same time, as other copies tell. */
export const maxPauses = 10_000;

/** The pauses that other copies have told of, by the accounts' digests. */
export class KnownPauses {
  /** Epoch milliseconds. */
  readonly #untilMs = new LRUCache<string, number>({ max: maxPauses });

  /** @param longestMs the longest pause that is believed, in milliseconds */
  constructor(private readonly longestMs: number) {}

  get isEmpty(): boolean {
    return this.#untilMs.size === 0;
  }

  /** Of several pauses the longest holds. */
  add(account: string, forMs: number): void {
    const untilMs = Date.now() + Math.min(forMs, this.longestMs);
    if (untilMs > (this.#untilMs.get(account) ?? 0)) this.#untilMs.set(account, untilMs);
  }

  untilMs(account: string): number {
    const untilMs = this.#untilMs.get(account) ?? 0;
    if (untilMs === 0 || untilMs > Date.now()) return untilMs;
    this.#untilMs.delete(account);
    return 0;
  }
}
