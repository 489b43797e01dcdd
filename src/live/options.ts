/** Times of polls, in milliseconds. */
export interface LiveTimes {
  /** Time between two polls of one question, while nothing wakes the poller and the upstream does not fail. */
  readonly intervalMs: number;
  /** Minimum time between two polls of one question when the poller is woken. */
  readonly wakeGapMs: number;
  /** Timeout of one poll, including retries. */
  readonly timeoutMs: number;
}

/** Limits of concurrent subscriptions. */
export interface LiveLimits {
  readonly maxSubscriptions: number;
  /** With the same `Authorization`. */
  readonly maxPerToken: number;
}
