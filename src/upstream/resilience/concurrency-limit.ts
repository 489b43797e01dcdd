import type { LightAbortSignal } from "../light-abort.js";

/*
 * Not cockatiel's bulkhead: in its queue a call whose caller has left keeps its place until its turn comes,
 * so that callers who give up would fill the queue for those who have not.
 */

/** What became of a call that asked for a turn. */
export type Turn = "granted" | "aborted" | "full";

/** Lets so many calls run at the same time and so many more wait for their turn, first come, first served. */
export class ConcurrencyLimit {
  #running = 0;
  /** Grants the turn of each call that waits, oldest first. */
  readonly #queue = new Set<() => void>();

  /** @param onQueue told how many wait whenever that changes */
  constructor(
    private readonly maxRunning: number,
    private readonly maxQueued: number,
    private readonly onQueue: (length: number) => void = () => undefined,
  ) {}

  /** Asks for a turn, which lasts until {@link leave} where it is granted; a promise where it has to wait. */
  enter(signal: LightAbortSignal): Turn | Promise<Turn> {
    if (signal.aborted) return "aborted";
    if (this.#running < this.maxRunning) {
      this.#running += 1;
      return "granted";
    }
    return this.#queue.size < this.maxQueued ? this.#wait(signal) : "full";
  }

  /** Ends a turn. */
  leave(): void {
    this.#running -= 1;
    const [grant] = this.#queue;
    if (this.#running < this.maxRunning) grant?.();
  }

  /** Gives everyone who waits a turn at once: for when what they wait for will refuse them anyway. */
  flush(): void {
    for (const grant of [...this.#queue]) grant();
  }

  #wait(signal: LightAbortSignal): Promise<Turn> {
    return new Promise((resolve) => {
      const end = (turn: Turn): void => {
        signal.removeEventListener("abort", abort);
        this.#queue.delete(grant);
        this.onQueue(this.#queue.size);
        resolve(turn);
      };
      const grant = (): void => {
        this.#running += 1;
        end("granted");
      };
      const abort = (): void => {
        end("aborted");
      };
      signal.addEventListener("abort", abort);
      this.#queue.add(grant);
      this.onQueue(this.#queue.size);
    });
  }
}
