import type { CallContext, UpstreamOperation } from "../http/index.js";
import { DeadlinePassed, waitFor } from "../http/index.js";

/** A caller that waits for a load which others may wait for too. */
export type Waiter = Pick<CallContext, "signal" | "awaits">;

export interface SharedLoadOptions {
  /** The operation that loads, for the error of a waiter whose deadline passes. */
  readonly operation: UpstreamOperation;
  /** How long the load may take, and how long it may be joined, in milliseconds. */
  readonly timeoutMs: number;
  /** Whether the load is cancelled then although callers wait: another value stands in. */
  readonly isCutOnTime: boolean;
}

/**
 * One load that several callers wait for, each until its own signal is aborted. After `timeoutMs` the load goes on for
 * the callers that joined late, but no further one joins it, so that a load that hangs comes to an end.
 */
export class SharedLoad<T> {
  readonly #result: Promise<T>;
  readonly #abort = new AbortController();
  #waiters = 0;
  #isOverdue = false;
  /** The operation that the load itself waits for. */
  #awaited: (() => UpstreamOperation) | undefined;

  /** @param load to be cancelled when its signal is aborted */
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
    // Waiters handle a rejection; without waiters it must not be reported as unhandled.
    this.#result.catch(() => undefined);
  }

  get mayBeJoined(): boolean {
    return !this.#isOverdue;
  }

  /** @throws UpstreamError `timeout` or `cancelled` as soon as the waiter's signal is aborted */
  async wait(waiter: Waiter): Promise<T> {
    this.#waiters += 1;
    try {
      return await waitFor(this.#result, waiter, () => this.#awaited?.() ?? this.options.operation);
    } finally {
      this.#waiters -= 1;
      if (this.#isOverdue && this.#waiters === 0) this.#cancel();
    }
  }

  readonly #endTime = (): void => {
    this.#isOverdue = true;
    if (this.options.isCutOnTime || this.#waiters === 0) this.#cancel();
  };

  #cancel(): void {
    this.#abort.abort(new DeadlinePassed());
  }
}
