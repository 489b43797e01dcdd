import { CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhen } from "cockatiel";
import type { CircuitBreakerPolicy } from "cockatiel";

import type { CircuitCondition } from "../observer.js";
import type { UpstreamResponse } from "../request.js";
import { UpstreamError } from "../upstream-error.js";
import type { UpstreamFault, UpstreamOperation } from "../upstream-error.js";
import type { ResilienceOptions } from "./options.js";

/** What says that the upstream is not well. A 4xx says that it is, a caller who left says nothing. */
const failures: ReadonlySet<UpstreamFault> = new Set(["timeout", "unavailable", "cut-off"]);

const conditions: Readonly<Record<CircuitState, CircuitCondition>> = {
  [CircuitState.Closed]: "closed",
  [CircuitState.Open]: "open",
  [CircuitState.HalfOpen]: "half-open",
  [CircuitState.Isolated]: "open",
};

type Work = () => Promise<UpstreamResponse>;

/** Opens on a run of failures, then refuses calls for a while, then lets one through to see. */
export class Circuit {
  readonly #policy: CircuitBreakerPolicy;
  /** Epoch milliseconds. */
  #openUntilMs = 0;
  /** Whether the last call that ended was none of a run of failures. */
  #isWell = true;

  /** @param onChange told the new condition whenever it changes */
  constructor(
    { circuitFailures, circuitOpenMs }: Pick<ResilienceOptions, "circuitFailures" | "circuitOpenMs">,
    onChange: (condition: CircuitCondition) => void,
  ) {
    this.#policy = circuitBreaker(handleWhen(isFailure).orWhenResult(isFailedAnswer), {
      halfOpenAfter: circuitOpenMs,
      breaker: new ConsecutiveBreaker(circuitFailures),
    });
    this.#policy.onSuccess(() => (this.#isWell = true));
    this.#policy.onFailure(() => (this.#isWell = false));
    this.#policy.onStateChange((state) => {
      if (state === CircuitState.Open) this.#openUntilMs = Date.now() + circuitOpenMs;
      onChange(conditions[state]);
    });
  }

  /**
   * Whether it refuses calls: while it is open and it is not yet time to see whether the upstream is well
   * again, and while one call is out to see, which cockatiel would let the others wait for.
   */
  get isRefusing(): boolean {
    const { state } = this.#policy;
    return state === CircuitState.HalfOpen || (state === CircuitState.Open && Date.now() < this.#openUntilMs);
  }

  /** Makes a call and learns from how it ends. Not to be asked while it {@link isRefusing}. */
  run(operation: UpstreamOperation, work: Work): Promise<UpstreamResponse> {
    const { state } = this.#policy;
    if (state === CircuitState.Closed && this.#isWell) return this.#runWell(work);
    return this.#policy.execute(state === CircuitState.Open ? () => probing(operation, work) : work);
  }

  /**
   * To cockatiel a success after a success is no news: that it is not told of those saves half a dozen promises
   * for each call.
   */
  #runWell(work: Work): Promise<UpstreamResponse> {
    return work().then(this.#learnAnswer, this.#learnError);
  }

  readonly #learnAnswer = (answer: UpstreamResponse): UpstreamResponse | Promise<UpstreamResponse> =>
    this.#isNews(isFailedAnswer(answer)) ? this.#policy.execute(() => answer) : answer;

  readonly #learnError = (error: unknown): Promise<UpstreamResponse> => {
    if (!this.#isNews(isFailure(error))) throw error;
    return this.#policy.execute(() => Promise.reject(error as UpstreamError));
  };

  /** Not once another call has opened the circuit: cockatiel would refuse even to hear of it. */
  #isNews(isFailed: boolean): boolean {
    return this.#policy.state === CircuitState.Closed && (isFailed || !this.#isWell);
  }
}

function isFailure(error: unknown): boolean {
  return error instanceof UpstreamError && failures.has(error.fault);
}

function isFailedAnswer(answer: unknown): boolean {
  return (answer as UpstreamResponse).status >= 500;
}

/** A probe that its caller gave up found out nothing, which cockatiel would take for a success. */
async function probing<T>(operation: UpstreamOperation, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const isGivenUp = cause instanceof UpstreamError && cause.fault === "cancelled";
    throw isGivenUp ? new UpstreamError("unavailable", operation, { cause }) : cause;
  }
}
