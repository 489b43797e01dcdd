import type { ServerResponse } from "node:http";

import type { HttpMetrics, RequestLimit } from "../observability/index.js";
import type { Connections } from "./connections.js";

/** How many GraphQL requests there may be at one time. */
export interface InFlightLimits {
  readonly maxInFlight: number;
  /** Of one connection. */
  readonly maxPipelined: number;
}

/** Slots for GraphQL requests in flight. Acquired when the body is complete, so no slot waits for a slow client. */
export class InFlight {
  #count = 0;

  constructor(
    private readonly limits: InFlightLimits,
    private readonly connections: Connections,
    private readonly metrics: HttpMetrics,
  ) {}

  /**
   * Acquires a slot for a request whose body was read. It is released when the response closes.
   *
   * @returns the limit that leaves no slot; undefined: it is acquired
   */
  acquire(response: ServerResponse): RequestLimit | undefined {
    // The caller has disconnected: no event would release the slot.
    if (response.destroyed) return undefined;
    if (this.#isOneOfTooMany(response)) return "pipelined";
    if (!this.begin()) return "in_flight";
    response.on("close", this.end);
    return undefined;
  }

  /** Counts a request out whose response goes on for as long as there are events. */
  release(response: ServerResponse): void {
    if (!response.listeners("close").includes(this.end)) return;
    response.off("close", this.end);
    this.end();
  }

  /**
   * Counts in what has no response of its own: {@link end} has to be called.
   *
   * @returns whether there was room for it
   */
  begin(): boolean {
    if (this.#count >= this.limits.maxInFlight) return false;
    this.#count += 1;
    this.metrics.requestStarted();
    return true;
  }

  /** A response without a socket is pipelined: it waits for those before it. */
  #isOneOfTooMany({ socket, req }: ServerResponse): boolean {
    return socket === null && this.connections.pendingOn(req.socket) > this.limits.maxPipelined;
  }

  readonly end = (): void => {
    this.#count -= 1;
    this.metrics.requestEnded();
  };
}
