import type { AbortSignalLike } from "../../../lib/index.js";
import { swapRemove } from "../../../lib/index.js";
import { callerKey, isSameCaller } from "./caller.js";
import type { Caller } from "./caller.js";

/** What became of a call that asked for a turn. */
export type Turn = "granted" | "aborted" | "full" | "refused";

/** How much of what may run at the same time one caller gets: a quarter is left for others. */
const shareOfOne = 3 / 4;

interface Waiting {
  readonly caller: Caller;
  readonly end: (turn: Turn) => void;
}

/**
 * Lets so many calls run at the same time and so many more wait for their turn. Callers take turns one after the
 * other, whoever has how many calls waiting; where the queue is full, who has most of them in it makes place.
 */
export class ConcurrencyLimit {
  readonly #running: Caller[] = [];
  /** What each caller has waiting, oldest first; the caller whose turn is next is the first. */
  readonly #lanes = new Map<string, Waiting[]>();
  readonly #maxOfOne: number;
  #queued = 0;

  /** @param onQueue told how many wait whenever that changes */
  constructor(
    private readonly maxRunning: number,
    private readonly maxQueued: number,
    private readonly onQueue: (length: number) => void = () => undefined,
  ) {
    this.#maxOfOne = Math.ceil(maxRunning * shareOfOne);
  }

  /** Asks for a turn, which lasts until {@link leave} where it is granted; a promise where it has to wait. */
  enter(caller: Caller, signal: AbortSignalLike): Turn | Promise<Turn> {
    if (signal.aborted) return "aborted";
    if (this.#running.length < this.maxRunning && !this.#hasItsShare(caller)) {
      this.#running.push(caller);
      return "granted";
    }
    const key = callerKey(caller);
    return this.#queued < this.maxQueued || this.#makePlace(key) ? this.#wait(key, caller, signal) : "full";
  }

  /** @param caller the very object that {@link enter} was given */
  leave(caller: Caller): void {
    swapRemove(this.#running, caller);
    if (this.#queued > 0) this.#grantNext();
  }

  /** Ends the waiting of those whose calls would not be made anyway. */
  refuse(isRefused: (caller: Caller) => boolean): void {
    for (const lane of [...this.#lanes.values()]) {
      for (const { caller, end } of [...lane]) if (isRefused(caller)) end("refused");
    }
  }

  #hasItsShare(caller: Caller): boolean {
    if (this.#running.length < this.#maxOfOne) return false;
    return this.#running.filter((other) => isSameCaller(caller, other)).length >= this.#maxOfOne;
  }

  #grantNext(): void {
    if (this.#running.length >= this.maxRunning) return;
    for (const [key, lane] of this.#lanes) {
      const [next] = lane;
      if (next === undefined || this.#hasItsShare(next.caller)) continue;
      // The caller's turn comes again after everybody else's.
      this.#lanes.delete(key);
      this.#lanes.set(key, lane);
      this.#running.push(next.caller);
      next.end("granted");
      return;
    }
  }

  /** @returns whether there is a place now for the caller of `key`: someone with more than it had to give one up */
  #makePlace(key: string): boolean {
    let longest: readonly Waiting[] = [];
    for (const lane of this.#lanes.values()) if (lane.length > longest.length) longest = lane;
    if ((this.#lanes.get(key)?.length ?? 0) + 1 >= longest.length) return false;
    longest.at(-1)?.end("full");
    return true;
  }

  #wait(key: string, caller: Caller, signal: AbortSignalLike): Promise<Turn> {
    return new Promise((resolve) => {
      const lane = this.#lanes.get(key) ?? [];
      this.#lanes.set(key, lane);
      const end = (turn: Turn): void => {
        signal.removeEventListener("abort", abort);
        lane.splice(lane.indexOf(waiting), 1);
        if (lane.length === 0) this.#lanes.delete(key);
        this.#count(-1);
        resolve(turn);
      };
      const abort = (): void => {
        end("aborted");
      };
      const waiting = { caller, end };
      signal.addEventListener("abort", abort);
      lane.push(waiting);
      this.#count(1);
    });
  }

  #count(change: number): void {
    this.#queued += change;
    this.onQueue(this.#queued);
  }
}
