import type { UpstreamFault, UpstreamOperation } from "./upstream-error.js";

/** `half-open`: one call probes the host. */
export type CircuitCondition = "closed" | "open" | "half-open";

/** One request that was sent. */
export interface EndedCall extends UpstreamOperation {
  /** The HTTP status, or the fault where there is no response. */
  readonly outcome: number | UpstreamFault;
  readonly durationMs: number;
}

/** Receives what happens between the gateway and its upstream, for metrics. Must not throw. */
export interface UpstreamObserver {
  /** A request is sent. One {@link callEnded} follows. */
  callStarted?(operation: UpstreamOperation): void;
  /** A request was sent and has ended, with a response or a failure. */
  callEnded?(call: EndedCall): void;
  /** A request is about to be retried. */
  retried?(operation: UpstreamOperation): void;
  /** A call's account has as many calls as it may: the call waits, or is refused because its turn is after its deadline. */
  heldBack?(operation: UpstreamOperation, outcome: "delayed" | "refused"): void;
  /** A read joined an identical one in flight. */
  readShared?(operation: UpstreamOperation): void;
  /** A response had `count` records that could not be decoded; they are left out of the list. */
  recordsSkipped?(operation: UpstreamOperation, count: number): void;
  /** @param host the upstream host that it is about, with its port */
  circuitChanged?(host: string, condition: CircuitCondition): void;
  /** @param length how many calls wait for a permit of `host` now */
  queueChanged?(host: string, length: number): void;
}
