import { LRUCache } from "lru-cache";

import type { SharedState } from "../../../shared-state/index.js";
import { faultOfAbort } from "../call-context.js";
import type { UpstreamObserver } from "../observer.js";
import type { UpstreamRequest } from "../request.js";
import { UnsentCallError } from "../upstream-error.js";
import type { PausedCall } from "./account-pauses.js";
import { CallQueue } from "./call-queue.js";
import type { Caller, WorkedCredentials } from "./caller.js";

/** Of how many accounts the calls are counted; the one that made none for longest is forgotten. */
const maxAccounts = 10_000;

/** Which part of an account's calls credentials may make that have never worked there: anybody can make them up. */
const strangersShare = 1 / 4;

/** How the copies of the gateway divide an account's calls. */
export type SharedRates = Pick<SharedState, "callShare" | "reportCalls">;

/** The calls of one account. */
interface AccountCalls {
  readonly all: CallQueue;
  readonly strangers: CallQueue;
  /** How many came since the other copies were told. */
  asked: number;
}

export interface AccountRatesOptions {
  /** How many calls to an account may begin within a second, over all copies of the gateway. */
  readonly perSecond: number;
  readonly worked: WorkedCredentials;
  readonly shared: SharedRates;
  readonly observer: Pick<UpstreamObserver, "heldBack">;
}

/** Holds calls back so that no account gets more of them in a second than are allowed. */
export class AccountRates {
  readonly #accounts = new LRUCache<string, AccountCalls>({ max: maxAccounts });

  constructor(private readonly options: AccountRatesOptions) {
    options.shared.reportCalls(() => this.#takeAsked());
  }

  /**
   * Waits until the account's limit allows the call, which is counted.
   *
   * @returns undefined where it may be made at once
   * @throws UnsentCallError `rate-limited` where its turn would come after its deadline; as a rejection, also where it is
   *   aborted as it waits
   */
  pass(call: PausedCall, request: UpstreamRequest, caller: Caller): Promise<void> | undefined {
    const calls = this.#callsOf(request.accountId);
    if (caller.isGateways || this.options.worked.has(caller)) return this.#passAll(calls, call, request);
    const waiting = this.#passQueue(calls.strangers, call, request);
    return waiting === undefined
      ? this.#passAll(calls, call, request)
      : waiting.then(() => this.#passAll(calls, call, request));
  }

  #passAll(calls: AccountCalls, call: PausedCall, request: UpstreamRequest): Promise<void> | undefined {
    calls.asked += 1;
    return this.#passQueue(calls.all, call, request);
  }

  #passQueue(queue: CallQueue, call: PausedCall, request: UpstreamRequest): Promise<void> | undefined {
    const waitMs = queue.take();
    if (waitMs === 0) return undefined;
    const untilMs = Date.now() + waitMs;
    const retryAfterSeconds = Math.max(1, Math.ceil(waitMs / 1000));
    const refusal = new UnsentCallError("rate-limited", request, { retryAfterSeconds });
    if (untilMs >= call.deadlineAtMs) {
      this.options.observer.heldBack?.(request, "refused");
      throw refusal;
    }
    call.refuseBefore?.(untilMs, refusal);
    this.options.observer.heldBack?.(request, "delayed");
    return queue.wait(call.signal).then((isOver) => {
      if (!isOver) throw new UnsentCallError(faultOfAbort(call.signal), request);
    });
  }

  #callsOf(accountId: string): AccountCalls {
    let calls = this.#accounts.get(accountId);
    if (calls === undefined) {
      const { perSecond, shared } = this.options;
      const limit = (): number => perSecond * shared.callShare(accountId);
      calls = {
        all: new CallQueue(limit),
        strangers: new CallQueue(() => limit() * strangersShare),
        asked: 0,
      };
      this.#accounts.set(accountId, calls);
    }
    return calls;
  }

  /** How many calls each account asked for since this was last called, those that still wait included. */
  #takeAsked(): [accountId: string, calls: number][] {
    const asked: [string, number][] = [];
    for (const [accountId, calls] of this.#accounts.entries()) {
      const count = calls.asked + calls.all.length;
      if (count > 0) asked.push([accountId, count]);
      calls.asked = 0;
    }
    return asked;
  }
}
