import type { UpstreamCall } from "../call.js";
import { faultOfAbort } from "../fault.js";
import { LightAbort, takeOut } from "../../../lib/index.js";
import type { LightAbortSignal } from "../../../lib/index.js";
import type { UpstreamResponse } from "../request.js";
import { UpstreamError } from "../upstream-error.js";
import type { UpstreamOperation } from "../upstream-error.js";
import type { PausedCall } from "./account-pauses.js";
import type { Read } from "./same-read.js";

/** A call as the layers below a flight see it: a shared one has a signal and a deadline of its own. */
export type OutgoingCall = UpstreamCall & PausedCall;

/** One who waits: for the call's end, a refusal, or the caller's own abort, whichever is first. */
class Seat {
  constructor(
    readonly call: UpstreamCall,
    private readonly resolve: (answer: UpstreamResponse) => void,
    private readonly reject: (error: unknown) => void,
    private readonly onAbort: (seat: Seat) => void,
  ) {
    call.signal.addEventListener("abort", this.#abort);
  }

  settle(answer: UpstreamResponse): void {
    const { signal, stats } = this.call;
    signal.removeEventListener("abort", this.#abort);
    // Whether who is not let in is told of a 404 is the upstream's to decide.
    if (stats !== undefined && answer.status === 200) stats.readsAnswered += 1;
    this.resolve(answer);
  }

  refuse(error: unknown): void {
    this.call.signal.removeEventListener("abort", this.#abort);
    this.reject(error);
  }

  readonly #abort = (): void => {
    this.onAbort(this);
  };
}

/**
 * One call and those who wait for it. It is made in the name of the first of them, under a signal of its own, which
 * is aborted with the last one's reason when nobody waits any more.
 */
export class Flight implements OutgoingCall {
  readonly authorization: UpstreamCall["authorization"];
  readonly requestId: UpstreamCall["requestId"];
  readonly stats: UpstreamCall["stats"];
  readonly trace: UpstreamCall["trace"];
  readonly #abort = new LightAbort();
  #awaited: (() => UpstreamOperation) | undefined;
  #seats: readonly Seat[] = [];

  /** @param open the account's flights that may be joined; this one becomes one of them */
  constructor(
    readonly read: Read,
    private readonly open: Flight[],
  ) {
    const { authorization, requestId, stats, trace } = read.call;
    this.authorization = authorization;
    this.requestId = requestId;
    this.stats = stats;
    this.trace = trace;
    open.push(this);
  }

  get signal(): LightAbortSignal {
    return this.#abort;
  }

  /** The latest of those who wait now: asked for anew each time, it grows with each one who joins. */
  get deadlineAtMs(): number {
    return Math.max(...this.#seats.map(({ call }) => call.deadlineAtMs));
  }

  refuseBefore(atMs: number, refusal: Error): void {
    for (const seat of this.#seats) {
      if (seat.call.deadlineAtMs <= atMs) this.#refuse(seat, refusal);
    }
    if (this.#seats.length === 0) this.close();
  }

  wait(call: UpstreamCall): Promise<UpstreamResponse> {
    return new Promise((resolve, reject) => {
      this.#seats = [...this.#seats, new Seat(call, resolve, reject, this.#leave)];
    });
  }

  run(send: (call: OutgoingCall) => Promise<UpstreamResponse>): void {
    send(this).then(
      (answer) => {
        for (const seat of this.#end()) seat.settle(answer);
      },
      (error: unknown) => {
        for (const seat of this.#end()) seat.refuse(error);
      },
    );
  }

  readonly awaits = (awaited?: () => UpstreamOperation): void => {
    this.#awaited = awaited;
  };

  /** From now on nobody joins it. */
  close(): void {
    takeOut(this.open, this);
  }

  /** @returns those who waited */
  #end(): readonly Seat[] {
    const seats = this.#seats;
    this.#seats = [];
    this.close();
    return seats;
  }

  readonly #leave = (seat: Seat): void => {
    this.#refuse(seat, abortedError(seat.call, this.#awaited?.() ?? this.read.request));
    if (this.#seats.length > 0) return;
    this.close();
    this.#abort.abort(seat.call.signal.reason);
  };

  #refuse(seat: Seat, refusal: Error): void {
    this.#seats = this.#seats.filter((other) => other !== seat);
    seat.refuse(refusal);
  }
}

/** What a caller is told who no longer waits. */
export function abortedError({ signal }: UpstreamCall, operation: UpstreamOperation): UpstreamError {
  return new UpstreamError(faultOfAbort(signal), operation);
}
