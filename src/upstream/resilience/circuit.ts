import { CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhen } from "cockatiel";
import type { CircuitBreakerPolicy } from "cockatiel";

import type { CircuitCondition } from "../observer.js";
import type { UpstreamResponse } from "../request.js";
import { UpstreamError } from "../upstream-error.js";
import type { UpstreamFault, UpstreamOperation } from "../upstream-error.js";
import type { ResilienceOptions } from "./options.js";

/** What says that the upstream is not well. A 4xx says that it is, a caller who left says nothing. */
const failures: ReadonlySet<UpstreamFault> = new Set(["timeout", "unavailable"]);

const conditions: Readonly<Record<CircuitState, CircuitCondition>> = {
  [CircuitState.Closed]: "closed",
  [CircuitState.Open]: "open",
  [CircuitState.HalfOpen]: "half-open",
  [CircuitState.Isolated]: "open",
};

/** Opens on a run of failures, then refuses calls for a while, then lets one through to see. */
export class Circuit {
  readonly #policy: CircuitBreakerPolicy;
  /** Epoch milliseconds. */
  #openUntilMs = 0;

  /** @param onChange told the new condition whenever it changes */
  constructor(
    { circuitFailures, circuitOpenMs }: Pick<ResilienceOptions, "circuitFailures" | "circuitOpenMs">,
    onChange: (condition: CircuitCondition) => void,
  ) {
    const isFailure = handleWhen((error) => error instanceof UpstreamError && failures.has(error.fault));
    this.#policy = circuitBreaker(
      isFailure.orWhenResult((result) => (result as UpstreamResponse).status >= 500),
      { halfOpenAfter: circuitOpenMs, breaker: new ConsecutiveBreaker(circuitFailures) },
    );
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
  run(operation: UpstreamOperation, work: () => Promise<UpstreamResponse>): Promise<UpstreamResponse> {
    const isProbe = this.#policy.state === CircuitState.Open;
    return this.#policy.execute(isProbe ? () => probing(operation, work) : work);
  }
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
