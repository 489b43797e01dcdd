import type { ServerResponse } from "node:http";

import type { FastifyReply, FastifyRequest } from "fastify";

import type { HttpMetrics } from "../observability/index.js";
import type { Connections } from "./connections.js";
import { overload, sendHttpError } from "./http-errors.js";

/** How many GraphQL requests there may be at one time. */
export interface InFlightLimits {
  readonly maxInFlight: number;
  /** Of one connection. */
  readonly maxPipelined: number;
}

/** The GraphQL requests that are being answered: they have arrived whole, so none waits for its caller. */
export class InFlight {
  #count = 0;

  constructor(
    private readonly limits: InFlightLimits,
    private readonly connections: Connections,
    private readonly metrics: HttpMetrics,
  ) {}

  /**
   * Counts a request in, whose body was read, until its response is closed.
   *
   * @returns whether there was room for it
   */
  enter(response: ServerResponse): boolean {
    // Its caller has left: nothing would tell when it ends.
    if (response.destroyed) return true;
    if (this.#isOneOfTooMany(response) || !this.begin()) return false;
    response.on("close", this.end);
    return true;
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

  /**
   * Turns away a request that there was no room for: a caller who is told so at once is better off than all of
   * them waiting.
   */
  turnAway(request: FastifyRequest, reply: FastifyReply): void {
    this.countRefusal();
    const { status, message, extensions } = overload;
    void reply.header("retry-after", extensions.retryAfter);
    sendHttpError(request, reply, status, message, extensions);
  }

  countRefusal(): void {
    this.metrics.requestRefused();
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
