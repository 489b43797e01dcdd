import type { CircuitCondition } from "../observer.js";
import type { UpstreamResponse } from "../request.js";
import { UpstreamError } from "../upstream-error.js";
import type { UpstreamFault } from "../upstream-error.js";
import { callerAtAccountKey, credentialKey } from "./caller.js";
import type { Caller } from "./caller.js";
import type { ResilienceOptions } from "./options.js";

/*
 * Not cockatiel's circuit breaker: that one counts failures without knowing whose they are, so that one caller's own
 * failures would close the host to everybody.
 */

/** What says that the upstream is not well. A 4xx says that it is, a caller who left says nothing. */
const failures: ReadonlySet<UpstreamFault> = new Set(["timeout", "unavailable", "cut-off"]);

/** So many callers that have been served before have to see a host fail until it is not called for anybody. */
const manyCallers = 3;

/** How many of those who see a host fail are remembered. */
const maxFailed = 1_000;

type Work = () => Promise<UpstreamResponse>;

/** What a call that ended says of the host. */
type Lesson = "well" | "unwell" | "nothing";

/**
 * Opens on a run of failures, then refuses calls for a while, then lets one through to see. It refuses those who have
 * seen a failure in the run, and everybody once many callers have.
 */
export class Circuit {
  #condition: CircuitCondition = "closed";
  /** Epoch milliseconds. */
  #openUntilMs = 0;
  /** Failures since the last call that went well. */
  #run = 0;
  /** Who has seen one of them, at which account. */
  readonly #failed = new Set<string>();
  /** Those callers among them that have been served before. */
  readonly #served = new Set<string>();

  /**
   * @param hasBeenServed whether the upstream has accepted the caller before: strangers are as many as they like
   * @param onChange told the new condition whenever it changes
   * @param onRefusing told when there are more callers who are refused
   */
  constructor(
    private readonly options: Pick<ResilienceOptions, "circuitFailures" | "circuitOpenMs">,
    private readonly hasBeenServed: (caller: Caller) => boolean,
    private readonly onChange: (condition: CircuitCondition) => void,
    private readonly onRefusing: () => void,
  ) {}

  /** Whether anybody's calls are refused. */
  get isRefusingAny(): boolean {
    if (this.#condition === "closed") return false;
    // While one call is out to see, the others do not wait for it.
    return this.#condition === "half-open" || Date.now() < this.#openUntilMs;
  }

  isRefusing(caller: Caller): boolean {
    return this.isRefusingAny && this.#concerns(caller);
  }

  /** Makes a call and learns from how it ends. Not to be asked while it {@link isRefusing} the caller. */
  run(caller: Caller, work: Work): Promise<UpstreamResponse> {
    const isProbe = this.#condition === "open" && this.#concerns(caller);
    if (isProbe) this.#change("half-open");
    return work().then(
      (answer) => {
        this.#learn(answer.status >= 500 ? "unwell" : "well", caller, isProbe);
        return answer;
      },
      (error: unknown) => {
        this.#learn(lessonOf(error), caller, isProbe);
        throw error;
      },
    );
  }

  #concerns(caller: Caller): boolean {
    return this.#served.size >= manyCallers || this.#failed.has(callerAtAccountKey(caller));
  }

  #learn(lesson: Lesson, caller: Caller, isProbe: boolean): void {
    if (lesson === "well") this.#close();
    else {
      if (lesson === "unwell") this.#note(caller);
      const isDue = this.#condition === "closed" && this.#run >= this.options.circuitFailures;
      if (isDue || (isProbe && this.#condition === "half-open")) this.#open();
    }
  }

  #note(caller: Caller): void {
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

function lessonOf(error: unknown): Lesson {
  if (!(error instanceof UpstreamError) || error.fault === "cancelled") return "nothing";
  return failures.has(error.fault) ? "unwell" : "well";
}
