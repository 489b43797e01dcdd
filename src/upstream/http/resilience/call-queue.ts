import type { AbortSignalLike } from "../../../lib/index.js";
import { CallRate } from "./call-rate.js";

/** How long until a queue looks again at the latest, in milliseconds: its limit may have grown. */
const longestTimerMs = 250;

interface WaitingCall {
  readonly signal: AbortSignalLike;
  readonly abort: () => void;
  /** @param isOver false where the call was aborted */
  readonly end: (isOver: boolean) => void;
}

/** Makes calls wait, first come, first served, until a limit allows them. */
export class CallQueue {
  readonly #rate = new CallRate();
  readonly #waiting = new Set<WaitingCall>();
  #timer: NodeJS.Timeout | undefined;

  /** @param limit how many calls may be made in a second now; over 0 */
  constructor(private readonly limit: () => number) {}

  get length(): number {
    return this.#waiting.size;
  }

  /** @returns 0 where the call may be made now, else how long it would have to wait, in milliseconds, at the limit of now */
  take(): number {
    const limit = this.limit();
    if (this.#waiting.size > 0) return ((this.#waiting.size + 1) * 1000) / limit;
    return this.#rate.take(limit, performance.now());
  }

  /** @returns settled when the call may be made, or with false when it is aborted */
  wait(signal: AbortSignalLike): Promise<boolean> {
    if (signal.aborted) return Promise.resolve(false);
    return new Promise((resolve) => {
      const call: WaitingCall = {
        signal,
        abort: () => {
          this.#end(call, false);
        },
        end: resolve,
      };
      this.#waiting.add(call);
      signal.addEventListener("abort", call.abort);
      this.#timer ??= this.#later(1000 / this.limit());
    });
  }

  #later(ms: number): NodeJS.Timeout {
    return setTimeout(
      () => {
        this.#timer = undefined;
        this.#next();
      },
      Math.min(Math.ceil(ms), longestTimerMs),
    );
  }

  #next(): void {
    for (const call of this.#waiting) {
      const waitMs = this.#rate.take(this.limit(), performance.now());
      if (waitMs > 0) {
        this.#timer = this.#later(waitMs);
        return;
      }
      this.#end(call, true);
    }
  }

  #end(call: WaitingCall, isOver: boolean): void {
    this.#waiting.delete(call);
    call.signal.removeEventListener("abort", call.abort);
    call.end(isOver);
    if (this.#waiting.size > 0) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
