import { LRUCache } from "lru-cache";
import type { UpstreamResponse } from "../request.js";
import { Flight, abortedError } from "./flight.js";
import type { OutgoingCall } from "./flight.js";
import { isSameRead } from "./same-read.js";
import type { Read } from "./same-read.js";

/** How many accounts have flights that may be joined; those of others are not shared. */
const maxAccounts = 10_000;

/**
 * Lets callers who ask for the same thing at the same moment share one call. Each keeps its own deadline;
 * that one leaves does not disturb the others. Nothing is kept once the call has ended.
 */
export class SingleFlight {
  /** By account, because a write ends the sharing of all of its account's reads. */
  readonly #open = new LRUCache<string, Flight[]>({ max: maxAccounts });

  /**
   * Joins the flight under way, or starts it.
   *
   * @param send called for the first one only
   * @param onShared called for every other one
   * @throws UpstreamError `timeout` or `cancelled` when the caller's own signal is aborted
   */
  join(
    read: Read,
    send: (call: OutgoingCall) => Promise<UpstreamResponse>,
    onShared: () => void,
  ): Promise<UpstreamResponse> {
    const { call, request } = read;
    if (call.signal.aborted) return Promise.reject(abortedError(call, request));
    const open = this.#openOf(request.accountId);
    const known = open.find((flight) => isSameRead(flight.read, read));
    if (known !== undefined) {
      onShared();
      return known.wait(call);
    }
    const flight = new Flight(read, open);
    const answer = flight.wait(call);
    flight.run(send);
    return answer;
  }

  /** From now on nobody joins the account's flights; those who wait for one still get its answer. */
  close(accountId: string): void {
    const open = this.#open.get(accountId);
    if (open !== undefined) open.length = 0;
  }

  #openOf(accountId: string): Flight[] {
    const known = this.#open.get(accountId);
    if (known !== undefined) return known;
    const open: Flight[] = [];
    this.#open.set(accountId, open);
    return open;
  }
}
