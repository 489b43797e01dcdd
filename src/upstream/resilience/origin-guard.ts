import type { UpstreamCall } from "../call.js";
import { faultOfAbort } from "../fault.js";
import type { UpstreamObserver } from "../observer.js";
import type { UpstreamRequest, UpstreamResponse } from "../request.js";
import { UnsentCallError } from "../upstream-error.js";
import { BoundedMap } from "./bounded-map.js";
import { Circuit } from "./circuit.js";
import { ConcurrencyLimit } from "./concurrency-limit.js";
import type { ResilienceOptions } from "./options.js";

/** Far over the handful of hosts that a service has; keeps a directory gone wild from filling the memory. */
const maxOrigins = 256;

/** Keeps one upstream host from more calls than it can take, and from any while it is in trouble. */
class OriginGuard {
  readonly #limit: ConcurrencyLimit;
  readonly circuit: Circuit;

  constructor(host: string, options: ResilienceOptions, observer: UpstreamObserver) {
    this.#limit = new ConcurrencyLimit(options.maxConcurrency, options.maxQueue, (length) => {
      observer.queueChanged?.(host, length);
    });
    this.circuit = new Circuit(options, (condition) => {
      observer.circuitChanged?.(host, condition);
      // Nobody waits for a turn only to be refused then.
      if (condition === "open") this.#limit.flush();
    });
  }

  /**
   * Makes a call when its turn has come.
   *
   * @param isStillDue asked when the turn has come, which may be long after
   * @returns undefined where the call was not due any more
   * @throws UnsentCallError where the queue is full, the circuit is open, or the call is aborted in the queue
   */
  async run(
    { signal }: Pick<UpstreamCall, "signal">,
    request: UpstreamRequest,
    isStillDue: () => boolean,
    work: () => Promise<UpstreamResponse>,
  ): Promise<UpstreamResponse | undefined> {
    this.#checkCircuit(request);
    const entered = this.#limit.enter(signal);
    const turn = typeof entered === "string" ? entered : await entered;
    if (turn === "full") throw new UnsentCallError("unavailable", request);
    if (turn === "aborted") throw new UnsentCallError(faultOfAbort(signal), request);
    try {
      this.#checkCircuit(request);
      return isStillDue() ? await this.circuit.run(request, work) : undefined;
    } finally {
      this.#limit.leave();
    }
  }

  #checkCircuit(request: UpstreamRequest): void {
    if (this.circuit.isRefusing) throw new UnsentCallError("unavailable", request);
  }
}

/** The guard of each upstream host. */
export class OriginGuards {
  readonly #guards = new BoundedMap<string, OriginGuard>(maxOrigins);

  constructor(
    private readonly options: ResilienceOptions,
    private readonly observer: UpstreamObserver,
  ) {}

  of(origin: string): OriginGuard {
    const known = this.#guards.get(origin);
    if (known !== undefined) return known;
    const guard = new OriginGuard(new URL(origin).host, this.options, this.observer);
    this.#guards.set(origin, guard);
    return guard;
  }

  /** Whether the calls to any host are refused right now. */
  get isAnyRefusing(): boolean {
    return Array.from(this.#guards.values()).some(({ circuit }) => circuit.isRefusing);
  }
}
