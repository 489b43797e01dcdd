import type { LiveMetrics } from "../observability/index.js";
import type { LiveLimits } from "./options.js";

/** A subscription was refused because of a limit. */
export class TooManySubscriptionsError extends Error {
  override readonly name = "TooManySubscriptionsError";
}

/** Limits the concurrent subscriptions of the process and of each token. */
export class SubscriptionPermits {
  #count = 0;
  /** Keyed by the token's digest. */
  readonly #byToken = new Map<string, number>();

  constructor(
    private readonly limits: LiveLimits,
    private readonly observer: LiveMetrics,
  ) {}

  /**
   * @param token the token's digest
   * @returns a function that releases the permit
   * @throws TooManySubscriptionsError
   */
  acquire(token: string): () => void {
    const { maxSubscriptions, maxPerToken } = this.limits;
    const ofToken = this.#byToken.get(token) ?? 0;
    if (ofToken >= maxPerToken) {
      throw new TooManySubscriptionsError(
        `One token may have ${maxPerToken} subscriptions at the same time; end one of them first.`,
      );
    }
    if (this.#count >= maxSubscriptions) {
      throw new TooManySubscriptionsError(
        "The gateway serves as many subscriptions as it can; try again shortly.",
      );
    }
    this.#change(token, 1);
    return () => {
      this.#change(token, -1);
    };
  }

  #change(token: string, by: 1 | -1): void {
    this.#count += by;
    this.observer.subscriptionsChanged(by);
    const ofToken = (this.#byToken.get(token) ?? 0) + by;
    if (ofToken > 0) this.#byToken.set(token, ofToken);
    else this.#byToken.delete(token);
  }
}
