import { LRUCache } from "lru-cache";
import type { CallContext } from "../call-context.js";
import { faultOfAbort } from "../call-context.js";
import type { UpstreamRequest } from "../request.js";
import { UnsentCallError } from "../upstream-error.js";
import { sleep } from "../../../lib/index.js";
import type { SharedState } from "../../../shared-state/index.js";
import { callerAtAccountKey } from "./caller.js";
import type { Caller, WorkedCredentials } from "./caller.js";
import type { ResilienceOptions } from "./options.js";

/** How many accounts, and how many credentials, can be paused at the same time. */
const maxPauses = 10_000;

/** A call waiting for its account's pause to end. */
export interface PausedCall extends Pick<CallContext, "signal" | "deadlineAtMs"> {
  /** Refuses the waiters of a shared read whose deadline is not after `atMs`. */
  refuseBefore?(atMs: number, refusal: Error): void;
}

/** Pauses that other copies of the gateway have met. */
export type SharedPauses = Pick<SharedState, "hasPauses" | "pausedUntilMs" | "announcePause">;

/**
 * Pauses accounts after a 429: no call is made until the time that the upstream named. The upstream counts by account, so
 * the account is paused for all callers; a 429 to a credential that has never worked there pauses that credential only.
 */
export class AccountPauses {
  /** Epoch milliseconds, by account. */
  readonly #accounts = new LRUCache<string, number>({ max: maxPauses });
  /** Epoch milliseconds, by account and credential. */
  readonly #callers = new LRUCache<string, number>({ max: maxPauses });

  constructor(
    private readonly worked: WorkedCredentials,
    private readonly options: Pick<ResilienceOptions, "maxPauseMs" | "backoffBaseMs">,
    private readonly shared: SharedPauses,
  ) {}

  get isEmpty(): boolean {
    return this.#accounts.size === 0 && this.#callers.size === 0 && !this.shared.hasPauses;
  }

  /** Starts a pause after a 429; of several the longest holds. */
  begin(caller: Caller, retryAfterSeconds: number): void {
    const untilMs = Date.now() + Math.min(retryAfterSeconds * 1000, this.options.maxPauseMs);
    const isForAll = caller.isGateways || this.worked.has(caller);
    const pauses = isForAll ? this.#accounts : this.#callers;
    const key = isForAll ? caller.accountId : callerAtAccountKey(caller);
    pauses.set(key, Math.max(untilMs, pauses.get(key) ?? 0));
    if (isForAll) this.shared.announcePause(caller.accountId, untilMs);
  }

  /** How long the caller's pause still lasts, in whole seconds, at least 1. */
  remainingSeconds(caller: Caller): number {
    return Math.max(1, Math.ceil(this.#remainingMs(caller) / 1000));
  }

  isPaused(caller: Caller): boolean {
    // Hot path: asked twice for each call, and seldom is anything paused.
    return !this.isEmpty && this.#remainingMs(caller) > 0;
  }

  /** @throws UnsentCallError `rate-limited` where the caller's pause ends after the call's deadline */
  check(call: PausedCall, request: UpstreamRequest, caller: Caller): void {
    const remainingMs = this.#remainingMs(caller);
    if (remainingMs <= 0) return;
    const untilMs = Date.now() + remainingMs;
    const retryAfterSeconds = Math.ceil(remainingMs / 1000);
    const refusal = new UnsentCallError("rate-limited", request, { retryAfterSeconds });
    if (untilMs >= call.deadlineAtMs) throw refusal;
    call.refuseBefore?.(untilMs, refusal);
  }

  /**
   * Waits until the caller's pause, if any, is over.
   *
   * @throws UnsentCallError where the deadline does not allow that, or at once when the call is aborted
   */
  async pass(call: PausedCall, request: UpstreamRequest, caller: Caller): Promise<void> {
    while (this.isPaused(caller)) {
      this.check(call, request, caller);
      // Jitter: calls that waited for the same pause do not resume at once.
      const spreadMs = Math.random() * this.options.backoffBaseMs;
      const isOver = await sleep(this.#remainingMs(caller) + spreadMs, call.signal);
      if (!isOver) throw new UnsentCallError(faultOfAbort(call.signal), request);
    }
  }

  #remainingMs(caller: Caller): number {
    return Math.max(
      remainingOf(this.#accounts, () => caller.accountId),
      remainingOf(this.#callers, () => callerAtAccountKey(caller)),
      this.shared.hasPauses ? this.shared.pausedUntilMs(caller.accountId) - Date.now() : 0,
    );
  }
}

/** @param keyOf called only where there are pauses */
function remainingOf(pauses: LRUCache<string, number>, keyOf: () => string): number {
  if (pauses.size === 0) return 0;
  const key = keyOf();
  const remainingMs = (pauses.get(key) ?? 0) - Date.now();
  if (remainingMs <= 0) pauses.delete(key);
  return remainingMs;
}
