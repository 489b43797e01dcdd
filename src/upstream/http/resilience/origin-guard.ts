import { LRUCache } from "lru-cache";
import { faultOfAbort } from "../call-context.js";
import type { UpstreamObserver } from "../observer.js";
import type { UpstreamRequest, UpstreamResponse } from "../request.js";
import { UnsentCallError } from "../upstream-error.js";
import type { AccountPauses, PausedCall } from "./account-pauses.js";
import type { AccountRates } from "./account-rates.js";
import type { Caller, WorkedCredentials } from "./caller.js";
import { Circuit } from "./circuit.js";
import { ConcurrencyLimit } from "./concurrency-limit.js";
import type { Acquired } from "./concurrency-limit.js";
import type { ResilienceOptions } from "./options.js";

/** Far over the few hosts that a service has; bounds the memory where the directory returns many. */
const maxOrigins = 256;

/** What the guards of all hosts have in common. */
export interface GuardParts {
  readonly pauses: AccountPauses;
  /** undefined: accounts have no limit. */
  readonly rates: AccountRates | undefined;
  readonly worked: WorkedCredentials;
  readonly options: ResilienceOptions;
  readonly observer: UpstreamObserver;
}

/** Limits the calls to one upstream host: pauses after a 429, the account's rate, concurrency, and the circuit. */
class OriginGuard {
  readonly #limit: ConcurrencyLimit;
  readonly circuit: Circuit;
  private readonly pauses: AccountPauses;
  private readonly rates: AccountRates | undefined;

  constructor(host: string, { pauses, rates, worked, options, observer }: GuardParts) {
    this.pauses = pauses;
    this.rates = rates;
    this.#limit = new ConcurrencyLimit(options.maxConcurrency, options.maxQueue, (length) => {
      observer.queueChanged?.(host, length);
    });
    this.circuit = new Circuit(
      options,
      (caller) => worked.has(caller),
      (condition) => {
        observer.circuitChanged?.(host, condition);
      },
      // Calls in the queue would only wait to be refused.
      () => {
        this.#limit.refuse((caller) => this.circuit.isRefusing(caller));
      },
    );
  }

  /**
   * Makes a call once its account's pause, if any, is over, the account's rate allows it, and it has a permit.
   *
   * @param isOutdated whether the call's authorization has expired meanwhile
   * @returns undefined where it has expired by the time of the permit: then the call is not made
   * @throws UnsentCallError where the queue is full, the circuit is open, the pause or the wait for the account's
   *   rate is too long, or the call is aborted as it waits
   */
  async run(
    call: PausedCall,
    request: UpstreamRequest,
    caller: Caller,
    isOutdated: (() => boolean) | undefined,
    work: () => Promise<UpstreamResponse>,
  ): Promise<UpstreamResponse | undefined> {
    for (;;) {
      if (this.pauses.isPaused(caller)) await this.pauses.pass(call, request, caller);
      this.#checkCircuit(request, caller);
      const held = this.rates?.pass(call, request, caller);
      if (held !== undefined) await held;
      const acquired = this.#limit.acquire(caller, call.signal);
      this.#checkPermit(typeof acquired === "string" ? acquired : await acquired, call, request);
      try {
        this.#checkCircuit(request, caller);
        if (isOutdated?.() === true) return undefined;
        // The account may have been paused while the call waited for its permit.
        if (!this.pauses.isPaused(caller)) return await this.circuit.run(caller, work);
      } finally {
        this.#limit.release(caller);
      }
    }
  }

  #checkPermit(acquired: Acquired, { signal }: PausedCall, request: UpstreamRequest): void {
    if (acquired === "full" || acquired === "refused") throw new UnsentCallError("unavailable", request);
    if (acquired === "aborted") throw new UnsentCallError(faultOfAbort(signal), request);
  }

  #checkCircuit(request: UpstreamRequest, caller: Caller): void {
    if (this.circuit.isRefusing(caller)) throw new UnsentCallError("unavailable", request);
  }
}

/** The guard of each upstream host. */
export class OriginGuards {
  readonly #guards = new LRUCache<string, OriginGuard>({ max: maxOrigins });

  constructor(private readonly parts: GuardParts) {}

  of(origin: string): OriginGuard {
    const known = this.#guards.get(origin);
    if (known !== undefined) return known;
    const guard = new OriginGuard(new URL(origin).host, this.parts);
    this.#guards.set(origin, guard);
    return guard;
  }

  /** Whether the circuit of any host refuses calls now. */
  get isAnyRefusing(): boolean {
    return Array.from(this.#guards.values()).some(({ circuit }) => circuit.isRefusingAny);
  }
}
