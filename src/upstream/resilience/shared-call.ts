import type { UpstreamCall } from "../call.js";
import type { LightAbortSignal } from "../light-abort.js";
import type { PausedCall } from "./account-pauses.js";
import type { Flight } from "./single-flight.js";

/** A call as the layers below a flight see it: a shared one has a signal and a deadline of its own. */
export type OutgoingCall = UpstreamCall & PausedCall;

/** The call of the one who started a flight, under the flight's own signal and deadline. */
export class SharedUpstreamCall implements OutgoingCall {
  readonly authorization: UpstreamCall["authorization"];
  readonly requestId: UpstreamCall["requestId"];
  readonly stats: UpstreamCall["stats"];
  readonly trace: UpstreamCall["trace"];
  readonly signal: LightAbortSignal;

  constructor(
    { authorization, requestId, stats, trace }: UpstreamCall,
    private readonly flight: Flight,
  ) {
    this.authorization = authorization;
    this.requestId = requestId;
    this.stats = stats;
    this.trace = trace;
    this.signal = flight.signal;
  }

  /** Asked for anew each time: it grows with each one who joins. */
  get deadlineAtMs(): number {
    return this.flight.deadlineAtMs;
  }

  refuseBefore(atMs: number, refusal: Error): void {
    this.flight.refuseBefore(atMs, refusal);
  }
}
