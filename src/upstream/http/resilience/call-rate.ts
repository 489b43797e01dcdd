/** Which part of a second's calls may be made at once by those who made none before; the others are spaced. */
const burstShare = 1 / 5;

/** Leaves room for the rounding of sums. */
const epsilon = 1e-6;

/**
 * Spaces calls so that within any second no more begin than a limit allows: a token bucket, whose burst and refill of one
 * second make up the limit together. The limit may change from one call to the next.
 */
export class CallRate {
  /** Tokens, one for each call; undefined until the first call. */
  #tokens: number | undefined;
  #filledAtMs = 0;

  /**
   * Takes the token for one call, if there is one.
   *
   * @param perSecond the limit, over 0
   * @param nowMs of a monotonic clock
   * @returns 0 where the call may be made now, else in how many milliseconds to ask again
   */
  take(perSecond: number, nowMs: number): number {
    const burst = Math.max(1, perSecond * burstShare);
    const refillPerMs = (perSecond - (burst - 1)) / 1000;
    const refilled = (this.#tokens ?? burst) + (nowMs - this.#filledAtMs) * refillPerMs;
    this.#tokens = Math.min(burst, refilled);
    this.#filledAtMs = nowMs;
    if (this.#tokens < 1 - epsilon) return (1 - this.#tokens) / refillPerMs;
    this.#tokens -= 1;
    return 0;
  }
}
