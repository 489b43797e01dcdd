import type { CircuitCondition } from "../observer.js";
import type { UpstreamResponse } from "../request.js";
import { UpstreamError } from "../upstream-error.js";
import type { UpstreamFault } from "../upstream-error.js";
import { callerAtAccountKey, credentialKey } from "./caller.js";
import type { Caller } from "./caller.js";
import type { ResilienceOptions } from "./options.js";

/*
 * Not cockatiel's circuit breaker, which counts failures of all callers together: one caller's own failures would open
 * the circuit for everybody.
 */

/** The faults that count as failures of the host. A 4xx counts as a success, a cancelled call as neither. */
const failures: ReadonlySet<UpstreamFault> = new Set(["timeout", "unavailable", "cut-off"]);

/** How many known callers have to see failures before the circuit refuses everybody. */
const manyCallers = 3;

/** How many callers that saw a failure are kept. */
const maxFailed = 1_000;

type Work = () => Promise<UpstreamResponse>;

/** What the end of a call shows about the host. */
type Sign = "healthy" | "failing" | "none";

/**
 * Opens after a run of failures, refuses calls for a while, and then lets one through as a probe. It refuses the callers
 * that saw a failure of the run, and everybody once many known callers did.
 */
export class Circuit {
  #condition: CircuitCondition = "closed";
  /** Epoch milliseconds. */
  #openUntilMs = 0;
  /** Failures since the last success. */
  #run = 0;
  /** The callers, each at one account, that saw one of them. */
  readonly #failed = new Set<string>();
  /** Those among them that the upstream has accepted before. */
  readonly #served = new Set<string>();

  /**
   * @param hasBeenServed whether the upstream has accepted the caller before: strangers can be any number
   * @param onChange called with the new condition
   * @param onRefusing called when more callers are refused
   */
  constructor(
    private readonly options: Pick<ResilienceOptions, "circuitFailures" | "circuitOpenMs">,
    private readonly hasBeenServed: (caller: Caller) => boolean,
    private readonly onChange: (condition: CircuitCondition) => void,
    private readonly onRefusing: () => void,
  ) {}

  /** Whether calls of any caller are refused. */
  get isRefusingAny(): boolean {
    if (this.#condition === "closed") return false;
    // While the probe runs, the other calls are refused.
    return this.#condition === "half-open" || Date.now() < this.#openUntilMs;
  }

  isRefusing(caller: Caller): boolean {
    return this.isRefusingAny && this.#concerns(caller);
  }

  /** Makes a call and counts how it ends. Not to be called while it {@link isRefusing} the caller. */
  run(caller: Caller, work: Work): Promise<UpstreamResponse> {
    const isProbe = this.#condition === "open" && this.#concerns(caller);
    if (isProbe) this.#change("half-open");
    return work().then(
      (response) => {
        this.#count(response.status >= 500 ? "failing" : "healthy", caller, isProbe);
        return response;
      },
      (error: unknown) => {
        this.#count(signOf(error), caller, isProbe);
        throw error;
      },
    );
  }

  #concerns(caller: Caller): boolean {
    return this.#served.size >= manyCallers || this.#failed.has(callerAtAccountKey(caller));
  }

  #count(sign: Sign, caller: Caller, isProbe: boolean): void {
    if (sign === "healthy") this.#close();
    else {
      if (sign === "failing") this.#addFailure(caller);
      const isDue = this.#condition === "closed" && this.#run >= this.options.circuitFailures;
      if (isDue || (isProbe && this.#condition === "half-open")) this.#open();
    }
  }

  #addFailure(caller: Caller): void {
    this.#run += 1;
    const { size } = this.#failed;
    if (size < maxFailed) this.#failed.add(callerAtAccountKey(caller));
    const isMany = this.#served.size >= manyCallers;
    if (!isMany && this.hasBeenServed(caller)) this.#served.add(credentialKey(caller));
    const isMore = this.#failed.size > size || (!isMany && this.#served.size >= manyCallers);
    if (isMore && this.isRefusingAny) this.onRefusing();
  }

  #open(): void {
    this.#openUntilMs = Date.now() + this.options.circuitOpenMs;
    this.#change("open");
    this.onRefusing();
  }

  #close(): void {
    if (this.#run === 0) return;
    this.#run = 0;
    this.#failed.clear();
    this.#served.clear();
    if (this.#condition !== "closed") this.#change("closed");
  }

  #change(condition: CircuitCondition): void {
    this.#condition = condition;
    this.onChange(condition);
  }
}

function signOf(error: unknown): Sign {
  if (!(error instanceof UpstreamError) || error.fault === "cancelled") return "none";
  return failures.has(error.fault) ? "failing" : "healthy";
}
