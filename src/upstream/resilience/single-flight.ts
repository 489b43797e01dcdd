import type { UpstreamCall } from "../call.js";

/** What a shared call runs under: its own signal, and the most patient of those who wait for it. */
export interface Flight {
  /** Aborted, with the last one's reason, when nobody waits any more. */
  readonly signal: AbortSignal;
  /** The latest deadline of those who wait now, in epoch milliseconds. */
  readonly deadlineAtMs: number;
  /** Fails those whose own deadline is not after `atMs`. */
  readonly refuseBefore: (atMs: number, refusal: Error) => void;
}

type Caller = Pick<UpstreamCall, "signal" | "deadlineAtMs">;

/** Whom to share with: flights of one group can be closed together. */
export interface FlightKey {
  readonly group: string;
  readonly key: string;
}

interface Seat<T> {
  readonly deadlineAtMs: number;
  /** Leaves with the call's own end. */
  readonly settle: (answer: Promise<T>) => void;
  readonly refuse: (refusal: Error) => void;
}

/** One call and those who wait for it. */
class SharedCall<T> implements Flight {
  readonly #abort = new AbortController();
  readonly #seats = new Set<Seat<T>>();

  constructor(private readonly onEmpty: () => void) {}

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  get deadlineAtMs(): number {
    return Math.max(...Array.from(this.#seats, ({ deadlineAtMs }) => deadlineAtMs));
  }

  readonly refuseBefore = (atMs: number, refusal: Error): void => {
    for (const seat of [...this.#seats]) if (seat.deadlineAtMs <= atMs) seat.refuse(refusal);
    if (this.#seats.size === 0) this.onEmpty();
  };

  /** Waits for the call's end, a refusal, or the caller's own abort, whichever is first. */
  wait({ signal, deadlineAtMs }: Caller, aborted: () => Error): Promise<T> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        signal.removeEventListener("abort", abort);
        this.#seats.delete(seat);
      };
      const settle = (answer: Promise<T>): void => {
        leave();
        resolve(answer);
      };
      const refuse = (refusal: Error): void => {
        leave();
        reject(refusal);
      };
      const abort = (): void => {
        refuse(aborted());
        if (this.#seats.size === 0) this.#giveUp(signal.reason);
      };
      const seat = { deadlineAtMs, settle, refuse };
      signal.addEventListener("abort", abort, { once: true });
      this.#seats.add(seat);
    });
  }

  async run(work: (flight: Flight) => Promise<T>, onEnd: () => void): Promise<void> {
    const answer = work(this);
    await answer.catch(() => undefined);
    onEnd();
    for (const seat of [...this.#seats]) seat.settle(answer);
  }

  #giveUp(reason: unknown): void {
    this.onEmpty();
    this.#abort.abort(reason);
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
    void flight.run(work, () => {
      this.#forget(group, key, flight);
    });
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
