/** How streams are kept alive. Durations are in milliseconds. */
export interface StreamTimes {
  /** Between two heartbeats. Less than the idle timeouts that are common on the way: 30 s and more. */
  readonly beatMs: number;
  /**
   * A client that takes nothing for so many heartbeats is cut. They are counted, and not the time: where this process
   * was held up, what the client has sent meanwhile is read before the next one.
   */
  readonly maxMissedBeats: number;
  /** Within which a WebSocket has to be initialised. */
  readonly initMs: number;
}

export const defaultStreamTimes: StreamTimes = { beatMs: 12_000, maxMissedBeats: 3, initMs: 3_000 };
