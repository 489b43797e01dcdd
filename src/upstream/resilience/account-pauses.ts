import type { UpstreamCall } from "../call.js";
import { faultOfAbort } from "../fault.js";
import type { UpstreamRequest } from "../request.js";
import { UnsentCallError } from "../upstream-error.js";
import { BoundedMap } from "./bounded-map.js";
import type { ResilienceOptions } from "./options.js";
import { sleep } from "./sleep.js";

/** Accounts told to wait at the same time, at most: each costs a few bytes. */
const maxAccounts = 10_000;

/** Who waits, and whom to tell that others with less time wait in vain. */
export interface PausedCall extends Pick<UpstreamCall, "signal" | "deadlineAtMs"> {
  /** Turns away those who share the call but whose own deadline is not after `atMs`. */
  refuseBefore?(atMs: number, refusal: Error): void;
}

/**
 * The accounts that the upstream told to wait (429): until the time it named, no call is made for them, so
 * that a burst does not become a storm. The upstream counts by account, so this does too, whoever calls.
 */
export class AccountPauses {
  /** Epoch milliseconds, by account. */
  readonly #until = new BoundedMap<string, number>(maxAccounts);

  constructor(private readonly options: Pick<ResilienceOptions, "maxPauseMs" | "backoffBaseMs">) {}

  /** Notes a 429. The longest wait that was named holds. */
  begin(accountId: string, retryAfterSeconds: number): void {
    const untilMs = Date.now() + Math.min(retryAfterSeconds * 1000, this.options.maxPauseMs);
    this.#until.set(accountId, Math.max(untilMs, this.#until.get(accountId) ?? 0));
  }

  /** What a caller is told who got a 429 just now: how long the pause lasts that is kept, in whole seconds. */
  remainingSeconds(accountId: string): number {
    return Math.max(1, Math.ceil(this.#remainingMs(accountId) / 1000));
  }

  isPaused(accountId: string): boolean {
    return this.#remainingMs(accountId) > 0;
  }

  /** @throws UnsentCallError `rate-limited` where the account's pause ends after the call's deadline */
  check(call: PausedCall, request: UpstreamRequest): void {
    const remainingMs = this.#remainingMs(request.accountId);
    if (remainingMs <= 0) return;
    const untilMs = Date.now() + remainingMs;
    const retryAfterSeconds = Math.ceil(remainingMs / 1000);
    const refusal = new UnsentCallError("rate-limited", request, { retryAfterSeconds });
    if (untilMs >= call.deadlineAtMs) throw refusal;
    call.refuseBefore?.(untilMs, refusal);
  }

  /**
   * Waits until the account's pause, if any, is over.
   *
   * @throws UnsentCallError where the deadline does not allow that, or at once when the call is aborted
   */
  async pass(call: PausedCall, request: UpstreamRequest): Promise<void> {
    while (this.isPaused(request.accountId)) {
      this.check(call, request);
      // Those who waited together come back one after the other, as far as that can be without a count.
      const spreadMs = Math.random() * this.options.backoffBaseMs;
      const isOver = await sleep(this.#remainingMs(request.accountId) + spreadMs, call.signal);
      if (!isOver) throw new UnsentCallError(faultOfAbort(call.signal), request);
    }
  }

  #remainingMs(accountId: string): number {
    if (this.#until.isEmpty) return 0;
    const remainingMs = (this.#until.get(accountId) ?? 0) - Date.now();
    if (remainingMs <= 0) this.#until.delete(accountId);
    return remainingMs;
  }
}
