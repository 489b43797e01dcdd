import { LRUCache } from "lru-cache";
import type { CallContext } from "../call-context.js";
import { faultOfAbort } from "../call-context.js";
import type { UpstreamRequest } from "../request.js";
import { UnsentCallError } from "../upstream-error.js";
import { sleep } from "../../../lib/index.js";
import { callerAtAccountKey } from "./caller.js";
import type { Caller, WorkedCredentials } from "./caller.js";
import type { ResilienceOptions } from "./options.js";

/** How many accounts, and how many credentials, are told to wait at the same time: each costs a few bytes. */
const maxPauses = 10_000;

/** Who waits, and whom to tell that others with less time wait in vain. */
export interface PausedCall extends Pick<CallContext, "signal" | "deadlineAtMs"> {
  /** Turns away those who share the call but whose own deadline is not after `atMs`. */
  refuseBefore?(atMs: number, refusal: Error): void;
}

/**
 * Who the upstream told to wait (429): until the time it named, the call is not made, so that a burst does not become a
 * storm. The upstream counts by account, so the account is paused for all; but what a credential is told that has
 * never worked there may be meant for it alone, so then only that one is.
 */
export class AccountPauses {
  /** Epoch milliseconds, by account. */
  readonly #accounts = new LRUCache<string, number>({ max: maxPauses });
  /** Epoch milliseconds, by account and credential. */
  readonly #callers = new LRUCache<string, number>({ max: maxPauses });

  constructor(
    private readonly worked: WorkedCredentials,
    private readonly options: Pick<ResilienceOptions, "maxPauseMs" | "backoffBaseMs">,
  ) {}

  get isEmpty(): boolean {
    return this.#accounts.size === 0 && this.#callers.size === 0;
  }

  /** Notes a 429. The longest wait that was named holds. */
  begin(caller: Caller, retryAfterSeconds: number): void {
    const untilMs = Date.now() + Math.min(retryAfterSeconds * 1000, this.options.maxPauseMs);
    const isForAll = caller.isGateways || this.worked.has(caller);
    const pauses = isForAll ? this.#accounts : this.#callers;
    const key = isForAll ? caller.accountId : callerAtAccountKey(caller);
    pauses.set(key, Math.max(untilMs, pauses.get(key) ?? 0));
  }

  /** What a caller is told who got a 429 just now: how long the pause lasts that is kept, in whole seconds. */
  remainingSeconds(caller: Caller): number {
    return Math.max(1, Math.ceil(this.#remainingMs(caller) / 1000));
  }

  isPaused(caller: Caller): boolean {
    return this.#remainingMs(caller) > 0;
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
      // Those who waited together come back one after the other, as far as that can be without a count.
      const spreadMs = Math.random() * this.options.backoffBaseMs;
      const isOver = await sleep(this.#remainingMs(caller) + spreadMs, call.signal);
      if (!isOver) throw new UnsentCallError(faultOfAbort(call.signal), request);
    }
  }

  #remainingMs(caller: Caller): number {
    return Math.max(
      remainingOf(this.#accounts, () => caller.accountId),
      remainingOf(this.#callers, () => callerAtAccountKey(caller)),
    );
  }
}

/** @param keyOf not asked as long as nobody is paused */
function remainingOf(pauses: LRUCache<string, number>, keyOf: () => string): number {
  if (pauses.size === 0) return 0;
  const key = keyOf();
  const remainingMs = (pauses.get(key) ?? 0) - Date.now();
  if (remainingMs <= 0) pauses.delete(key);
  return remainingMs;
}
