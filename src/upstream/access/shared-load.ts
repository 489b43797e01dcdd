import type { CallContext, UpstreamOperation } from "../http/index.js";
import { DeadlinePassed, waitFor } from "../http/index.js";

/** Who waits for something that others may wait for too. */
export type Waiter = Pick<CallContext, "signal" | "awaits">;

export interface SharedLoadOptions {
  /** What is loaded, for the error of a waiter whose time is up. */
  readonly operation: UpstreamOperation;
  /** How long the load may take, and how long it may be joined, in milliseconds. */
  readonly timeoutMs: number;
  /** Whether it ends then whoever waits for it: there is something that stands in. */
  readonly isCutOnTime: boolean;
}

/**
 * One load that several wait for. Each waits until its own signal is aborted: the load that has taken its time goes on
 * for those who joined late, and nobody joins it any more, so that one that hangs is not waited for for ever.
 */
export class SharedLoad<T> {
  readonly #result: Promise<T>;
  readonly #abort = new AbortController();
  #waiters = 0;
  #isOverdue = false;
  /** What the load itself waits for, where it needs another service first. */
  #awaited: (() => UpstreamOperation) | undefined;

  /** @param load to be given up when its signal is aborted */
  constructor(
    load: (context: Waiter) => Promise<T>,
    private readonly options: SharedLoadOptions,
  ) {
    const timer = setTimeout(this.#endTime, options.timeoutMs).unref();
    const awaits = (awaited?: () => UpstreamOperation): void => {
      this.#awaited = awaited;
    };
    this.#result = load({ signal: this.#abort.signal, awaits }).finally(() => {
      clearTimeout(timer);
    });
    // Those who wait handle it; a failure that nobody waits for any more is no failure.
    this.#result.catch(() => undefined);
  }

  get mayBeJoined(): boolean {
    return !this.#isOverdue;
  }

  /** @throws UpstreamError `timeout` or `cancelled`, about what is waited for, as soon as the waiter's time is up */
  async wait(waiter: Waiter): Promise<T> {
    this.#waiters += 1;
    try {
      return await waitFor(this.#result, waiter, () => this.#awaited?.() ?? this.options.operation);
    } finally {
      this.#waiters -= 1;
      if (this.#isOverdue && this.#waiters === 0) this.#giveUp();
    }
  }

  readonly #endTime = (): void => {
    this.#isOverdue = true;
    if (this.options.isCutOnTime || this.#waiters === 0) this.#giveUp();
  };

  #giveUp(): void {
    this.#abort.abort(new DeadlinePassed());
  }
}
