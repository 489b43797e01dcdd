import type { UpstreamCall } from "../call.js";
import { LightAbort } from "../light-abort.js";
import type { LightAbortSignal } from "../light-abort.js";

/** What a shared call runs under: its own signal, and the most patient of those who wait for it. */
export interface Flight {
  /** Aborted, with the last one's reason, when nobody waits any more. */
  readonly signal: LightAbortSignal;
  /** The latest deadline of those who wait now, in epoch milliseconds. */
  readonly deadlineAtMs: number;
  /** Fails those whose own deadline is not after `atMs`. */
  refuseBefore(atMs: number, refusal: Error): void;
}

type Caller = Pick<UpstreamCall, "signal" | "deadlineAtMs">;

/** Whom to share with: flights of one group can be closed together. */
export interface FlightKey {
  readonly group: string;
  readonly key: string;
}

/** One who waits: for the call's end, a refusal, or the caller's own abort, whichever is first. */
class Seat<T> {
  constructor(
    readonly caller: Caller,
    private readonly resolve: (value: T) => void,
    private readonly reject: (error: unknown) => void,
    private readonly onAbort: (seat: Seat<T>) => void,
  ) {
    caller.signal.addEventListener("abort", this.#abort);
  }

  settle(value: T): void {
    this.caller.signal.removeEventListener("abort", this.#abort);
    this.resolve(value);
  }

  refuse(error: unknown): void {
    this.caller.signal.removeEventListener("abort", this.#abort);
    this.reject(error);
  }

  readonly #abort = (): void => {
    this.onAbort(this);
  };
}

/** One call and those who wait for it. */
class SharedCall<T> implements Flight {
  readonly #abort = new LightAbort();
  readonly #seats = new Set<Seat<T>>();

  /** @param onEnd told when nobody is to join any more */
  constructor(private readonly onEnd: () => void) {}

  get signal(): LightAbortSignal {
    return this.#abort;
  }

  get deadlineAtMs(): number {
    return Math.max(...Array.from(this.#seats, ({ caller }) => caller.deadlineAtMs));
  }

  refuseBefore(atMs: number, refusal: Error): void {
    for (const seat of [...this.#seats]) {
      if (seat.caller.deadlineAtMs <= atMs) this.#refuse(seat, refusal);
    }
    if (this.#seats.size === 0) this.onEnd();
  }

  wait(caller: Caller, aborted: () => Error): Promise<T> {
    return new Promise((resolve, reject) => {
      const leave = (seat: Seat<T>): void => {
        this.#refuse(seat, aborted());
        if (this.#seats.size > 0) return;
        this.onEnd();
        this.#abort.abort(caller.signal.reason);
      };
      this.#seats.add(new Seat(caller, resolve, reject, leave));
    });
  }

  run(work: (flight: Flight) => Promise<T>): void {
    work(this).then(
      (value) => {
        this.onEnd();
        for (const seat of this.#seats) seat.settle(value);
      },
      (error: unknown) => {
        this.onEnd();
        for (const seat of this.#seats) seat.refuse(error);
      },
    );
  }

  #refuse(seat: Seat<T>, refusal: Error): void {
    this.#seats.delete(seat);
    seat.refuse(refusal);
  }
}

/**
 * Lets callers who ask for the same thing at the same moment share one call. Each keeps its own deadline;
 * that one leaves does not disturb the others. Nothing is kept once the call has ended.
 */
export class SingleFlight<T> {
  readonly #groups = new Map<string, Map<string, SharedCall<T>>>();

  /**
   * Joins the flight under way, or starts it.
   *
   * @param aborted what to throw when the caller's own signal is aborted
   * @param work called for the first one only
   * @param onShared called for every other one
   */
  join(
    { group, key }: FlightKey,
    caller: Caller,
    aborted: () => Error,
    work: (flight: Flight) => Promise<T>,
    onShared: () => void,
  ): Promise<T> {
    if (caller.signal.aborted) return Promise.reject(aborted());
    const known = this.#groups.get(group)?.get(key);
    if (known !== undefined) {
      onShared();
      return known.wait(caller, aborted);
    }
    const flight = new SharedCall<T>(() => {
      this.#forget(group, key, flight);
    });
    const answer = flight.wait(caller, aborted);
    this.#remember(group, key, flight);
    flight.run(work);
    return answer;
  }

  /** From now on nobody joins the group's flights; those who wait for one still get its answer. */
  close(group: string): void {
    this.#groups.delete(group);
  }

  #remember(group: string, key: string, flight: SharedCall<T>): void {
    const flights = this.#groups.get(group) ?? new Map<string, SharedCall<T>>();
    this.#groups.set(group, flights.set(key, flight));
  }

  /** A flight that was closed may have a successor under its key, which stays. */
  #forget(group: string, key: string, flight: SharedCall<T>): void {
    const flights = this.#groups.get(group);
    if (flights?.get(key) !== flight) return;
    flights.delete(key);
    if (flights.size === 0) this.#groups.delete(group);
  }
}
