/** What is used of an AbortSignal here: any AbortSignal will do. */
export interface LightAbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

const none: readonly (() => void)[] = [];

/**
 * An AbortController and its signal in one, for what stays within the gateway. Node's are events and targets
 * and slow to make: one for each call, with a listener on it, costs 12 µs of CPU.
 */
export class LightAbort implements LightAbortSignal {
  #listeners: readonly (() => void)[] = none;
  #aborted = false;
  #reason: unknown;

  get aborted(): boolean {
    return this.#aborted;
  }

  get reason(): unknown {
    return this.#reason;
  }

  /** Tells everyone who listens; the first time only. */
  abort(reason: unknown): void {
    if (this.#aborted) return;
    this.#aborted = true;
    this.#reason = reason;
    for (const listener of this.#listeners) listener();
  }

  addEventListener(_type: "abort", listener: () => void): void {
    this.#listeners = [...this.#listeners, listener];
  }

  removeEventListener(_type: "abort", listener: () => void): void {
    this.#listeners = this.#listeners.filter((other) => other !== listener);
  }
}
