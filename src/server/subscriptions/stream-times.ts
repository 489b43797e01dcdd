/** How streams are kept alive. All in milliseconds. */
export interface StreamTimes {
  /** Between two heartbeats. Less than the idle timeouts that are common on the way: 30 s and more. */
  readonly beatMs: number;
  /** A client that takes nothing for so long is cut. */
  readonly patienceMs: number;
  /** Within which a WebSocket has to be initialised. */
  readonly initMs: number;
}

export const defaultStreamTimes: StreamTimes = { beatMs: 12_000, patienceMs: 30_000, initMs: 3_000 };
