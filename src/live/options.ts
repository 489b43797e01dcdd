/** When polls are sent. All in milliseconds. */
export interface LiveTimes {
  /** Between two polls of one question, where nothing asks for more or less. */
  readonly intervalMs: number;
  /** The least time between two polls of one question, where writes ask for more. */
  readonly wakeGapMs: number;
  /** How long one poll may take, retries included. */
  readonly timeoutMs: number;
}

/** How many subscriptions there may be at one time. */
export interface LiveLimits {
  readonly maxSubscriptions: number;
  /** Of one `Authorization`. */
  readonly maxPerToken: number;
}

/** What a poll came to. */
export type PollOutcome = "changed" | "unchanged" | "failed";

/** Is told of what the pollers do, for the metrics. */
export interface LiveObserver {
  pollEnded(outcome: PollOutcome): void;
  /** Pollers that started, or minus those that ended. */
  pollersChanged(by: number): void;
  /** Pollers that became stale, or minus those that no longer are. */
  staleChanged(by: number): void;
  subscriptionsChanged(by: number): void;
}
