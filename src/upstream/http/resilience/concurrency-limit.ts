import type { AbortSignalLike } from "../../../lib/index.js";
import { swapRemove } from "../../../lib/index.js";
import { callerKey, isSameCaller } from "./caller.js";
import type { Caller } from "./caller.js";

/** The outcome of {@link ConcurrencyLimit.acquire}; a permit was acquired where it is `granted`. */
export type Acquired = "granted" | "aborted" | "full" | "refused";

/** The share of the permits that one caller may hold: a quarter is left for others. */
const shareOfOne = 3 / 4;

interface Waiting {
  readonly caller: Caller;
  readonly end: (outcome: Acquired) => void;
}

/**
 * Bounds how many calls run at the same time and how many more wait for a permit. Permits go round robin over the callers
 * that wait, however many calls each has in the queue; where the queue is full, the caller with most calls in it loses
 * its newest one.
 */
export class ConcurrencyLimit {
  readonly #running: Caller[] = [];
  /** The waiting calls of each caller, oldest first; the caller that gets the next permit comes first. */
  readonly #lanes = new Map<string, Waiting[]>();
  readonly #maxOfOne: number;
  #queued = 0;

  /** @param onQueue called with the length of the queue whenever it changes */
  constructor(
    private readonly maxRunning: number,
    private readonly maxQueued: number,
    private readonly onQueue: (length: number) => void = () => undefined,
  ) {
    this.#maxOfOne = Math.ceil(maxRunning * shareOfOne);
  }

  /** Acquires a permit, to be given back by {@link release}; returns a promise where the call has to wait for it. */
  acquire(caller: Caller, signal: AbortSignalLike): Acquired | Promise<Acquired> {
    if (signal.aborted) return "aborted";
    if (this.#running.length < this.maxRunning && !this.#hasItsShare(caller)) {
      this.#running.push(caller);
      return "granted";
    }
    const key = callerKey(caller);
    return this.#queued < this.maxQueued || this.#makeRoom(key) ? this.#wait(key, caller, signal) : "full";
  }

  /** @param caller the same object that {@link acquire} was called with */
  release(caller: Caller): void {
    swapRemove(this.#running, caller);
    if (this.#queued > 0) this.#grantNext();
  }

  /** Refuses waiting calls that would not be sent anyway. */
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
      // The caller goes behind all others.
      this.#lanes.delete(key);
      this.#lanes.set(key, lane);
      this.#running.push(next.caller);
      next.end("granted");
      return;
    }
  }

  /** @returns whether the queue has room for the caller of `key`: a caller with more calls in it lost one */
  #makeRoom(key: string): boolean {
    let longest: readonly Waiting[] = [];
    for (const lane of this.#lanes.values()) if (lane.length > longest.length) longest = lane;
    if ((this.#lanes.get(key)?.length ?? 0) + 1 >= longest.length) return false;
    longest.at(-1)?.end("full");
    return true;
  }

  #wait(key: string, caller: Caller, signal: AbortSignalLike): Promise<Acquired> {
    return new Promise((resolve) => {
      const lane = this.#lanes.get(key) ?? [];
      this.#lanes.set(key, lane);
      const end = (outcome: Acquired): void => {
        signal.removeEventListener("abort", abort);
        lane.splice(lane.indexOf(waiting), 1);
        if (lane.length === 0) this.#lanes.delete(key);
        this.#count(-1);
        resolve(outcome);
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
