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

/** Whom to share with. */
export interface FlightKey {
  /** Flights of one group can be closed together. */
  readonly group: string;
  /** Of one flight, whatever the group. */
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

/** The calls under way, by their keys. */
type Flights<T> = Map<string, SharedCall<T>>;

const nobody: readonly never[] = [];

/**
 * One call and those who wait for it. Once it has ended it leads to none of them: V8 may keep what was in a map
 * until the next full garbage collection, and with it whole requests, which tripled the cost of the small ones.
 */
class SharedCall<T> implements Flight {
  readonly #abort = new LightAbort();
  #seats: readonly Seat<T>[] = nobody;

  /** @param flights where it is found as long as others may join */
  constructor(
    readonly key: FlightKey,
    private readonly flights: Flights<T>,
  ) {
    flights.set(key.key, this);
  }

  get signal(): LightAbortSignal {
    return this.#abort;
  }

  get deadlineAtMs(): number {
    return Math.max(...this.#seats.map(({ caller }) => caller.deadlineAtMs));
  }

  refuseBefore(atMs: number, refusal: Error): void {
    for (const seat of this.#seats) {
      if (seat.caller.deadlineAtMs <= atMs) this.#refuse(seat, refusal);
    }
    if (this.#seats.length === 0) this.close();
  }

  wait(caller: Caller, aborted: () => Error): Promise<T> {
    return new Promise((resolve, reject) => {
      const leave = (seat: Seat<T>): void => {
        this.#refuse(seat, aborted());
        if (this.#seats.length > 0) return;
        this.close();
        this.#abort.abort(caller.signal.reason);
      };
      this.#seats = [...this.#seats, new Seat(caller, resolve, reject, leave)];
    });
  }

  run(work: (flight: Flight) => Promise<T>): void {
    work(this).then(
      (value) => {
        for (const seat of this.#end()) seat.settle(value);
      },
      (error: unknown) => {
        for (const seat of this.#end()) seat.refuse(error);
      },
    );
  }

  /** From now on nobody joins it. */
  close(): void {
    // One that was closed before may have a successor under its key, which stays.
    if (this.flights.get(this.key.key) === this) this.flights.delete(this.key.key);
  }

  /** @returns those who waited */
  #end(): readonly Seat<T>[] {
    const seats = this.#seats;
    this.#seats = nobody;
    this.close();
    return seats;
  }

  #refuse(seat: Seat<T>, refusal: Error): void {
    this.#seats = this.#seats.filter((other) => other !== seat);
    seat.refuse(refusal);
  }
}

/**
 * Lets callers who ask for the same thing at the same moment share one call. Each keeps its own deadline;
 * that one leaves does not disturb the others. Nothing is kept once the call has ended.
 */
export class SingleFlight<T> {
  readonly #flights: Flights<T> = new Map<string, SharedCall<T>>();

  /**
   * Joins the flight under way, or starts it.
   *
   * @param aborted what to throw when the caller's own signal is aborted
   * @param work called for the first one only
   * @param onShared called for every other one
   */
  join(
    key: FlightKey,
    caller: Caller,
    aborted: () => Error,
    work: (flight: Flight) => Promise<T>,
    onShared: () => void,
  ): Promise<T> {
    if (caller.signal.aborted) return Promise.reject(aborted());
    const known = this.#flights.get(key.key);
    if (known !== undefined) {
      onShared();
      return known.wait(caller, aborted);
    }
    const flight = new SharedCall<T>(key, this.#flights);
    const answer = flight.wait(caller, aborted);
    flight.run(work);
    return answer;
  }

  /** From now on nobody joins the group's flights; those who wait for one still get its answer. */
  close(group: string): void {
    for (const flight of this.#flights.values()) if (flight.key.group === group) flight.close();
  }
}
