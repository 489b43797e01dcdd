import type { UpstreamFault, UpstreamOperation } from "./upstream-error.js";

/** `half-open`: one call finds out whether the upstream is well again. */
export type CircuitCondition = "closed" | "open" | "half-open";

/** One request that was sent. */
export interface EndedCall extends UpstreamOperation {
  /** The HTTP status, or what went wrong instead of an answer. */
  readonly outcome: number | UpstreamFault;
  readonly durationMs: number;
}

/** Told what happens between the gateway and its upstream, for metrics. Must not throw. */
export interface UpstreamObserver {
  /** A request was sent and has ended, one way or another. */
  callEnded?(call: EndedCall): void;
  /** A request is about to be sent once more. */
  retried?(operation: UpstreamOperation): void;
  /** A read joined one that was in flight already. */
  readShared?(operation: UpstreamOperation): void;
  /** An answer had so many records that could not be read; they were left out of the list. */
  recordsSkipped?(operation: UpstreamOperation, count: number): void;
  /** @param host the upstream host that it is about, with its port */
  circuitChanged?(host: string, condition: CircuitCondition): void;
  /** @param length how many calls wait for their turn at `host` now */
  queueChanged?(host: string, length: number): void;
}
