import { LRUCache } from "lru-cache";
import { faultOfAbort } from "../call-context.js";
import type { UpstreamObserver } from "../observer.js";
import type { UpstreamRequest, UpstreamResponse } from "../request.js";
import { UnsentCallError } from "../upstream-error.js";
import type { AccountPauses, PausedCall } from "./account-pauses.js";
import type { Caller, WorkedCredentials } from "./caller.js";
import { Circuit } from "./circuit.js";
import { ConcurrencyLimit } from "./concurrency-limit.js";
import type { Turn } from "./concurrency-limit.js";
import type { ResilienceOptions } from "./options.js";

/** Far over the handful of hosts that a service has; keeps a directory gone wild from filling the memory. */
const maxOrigins = 256;

/** Keeps one upstream host from more calls than it can take, and from any while it is in trouble. */
class OriginGuard {
  readonly #limit: ConcurrencyLimit;
  readonly circuit: Circuit;

  constructor(
    host: string,
    private readonly pauses: AccountPauses,
    worked: WorkedCredentials,
    options: ResilienceOptions,
    observer: UpstreamObserver,
  ) {
    this.#limit = new ConcurrencyLimit(options.maxConcurrency, options.maxQueue, (length) => {
      observer.queueChanged?.(host, length);
    });
    this.circuit = new Circuit(
      options,
      (caller) => worked.has(caller),
      (condition) => {
        observer.circuitChanged?.(host, condition);
      },
      // Nobody waits for a turn only to be refused then.
      () => {
        this.#limit.refuse((caller) => this.circuit.isRefusing(caller));
      },
    );
  }

  /**
   * Makes a call when its account's pause, if any, is over and its turn has come.
   *
   * @param isOutdated whether what the call was prepared with is of no use any more
   * @returns undefined where that is so when its turn has come: then it is not made
   * @throws UnsentCallError where the queue is full, the circuit is open, the pause is too long, or the call is
   *   aborted as it waits
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
      const entered = this.#limit.enter(caller, call.signal);
      this.#checkTurn(typeof entered === "string" ? entered : await entered, call, request);
      try {
        this.#checkCircuit(request, caller);
        if (isOutdated?.() === true) return undefined;
        // The account may have been told to wait while the call stood in the queue.
        if (!this.pauses.isPaused(caller)) return await this.circuit.run(caller, work);
      } finally {
        this.#limit.leave(caller);
      }
    }
  }

  #checkTurn(turn: Turn, { signal }: PausedCall, request: UpstreamRequest): void {
    if (turn === "full" || turn === "refused") throw new UnsentCallError("unavailable", request);
    if (turn === "aborted") throw new UnsentCallError(faultOfAbort(signal), request);
  }

  #checkCircuit(request: UpstreamRequest, caller: Caller): void {
    if (this.circuit.isRefusing(caller)) throw new UnsentCallError("unavailable", request);
  }
}

/** The guard of each upstream host. */
export class OriginGuards {
  readonly #guards = new LRUCache<string, OriginGuard>({ max: maxOrigins });

  constructor(
    private readonly pauses: AccountPauses,
    private readonly worked: WorkedCredentials,
    private readonly options: ResilienceOptions,
    private readonly observer: UpstreamObserver,
  ) {}

  of(origin: string): OriginGuard {
    const known = this.#guards.get(origin);
    if (known !== undefined) return known;
    const { pauses, worked, options, observer } = this;
    const guard = new OriginGuard(new URL(origin).host, pauses, worked, options, observer);
    this.#guards.set(origin, guard);
    return guard;
  }

  /** Whether anybody's calls to any host are refused right now. */
  get isAnyRefusing(): boolean {
    return Array.from(this.#guards.values()).some(({ circuit }) => circuit.isRefusingAny);
  }
}
