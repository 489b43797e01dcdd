import type { ServerResponse } from "node:http";

import type { FastifyReply, FastifyRequest } from "fastify";

import { overloadedError } from "../graphql/errors/error-codes.js";
import type { Metrics } from "../metrics.js";
import { sendHttpError } from "./http-errors.js";

/** When a request that was turned away may come again, in seconds. */
const retryAfterSeconds = 1;

/** The GraphQL requests that are being answered. */
export class InFlight {
  #count = 0;

  /** @param limit how many there may be at one time */
  constructor(
    private readonly limit: number,
    private readonly metrics: Metrics,
  ) {}

  /**
   * Counts a request in until its response is closed.
   *
   * @returns whether there was room for it
   */
  enter(response: ServerResponse): boolean {
    if (this.#count >= this.limit) return false;
    this.#count += 1;
    this.metrics.http.requestBegan();
    response.on("close", this.#leave);
    return true;
  }

  /**
   * Turns away a request that there was no room for: a caller who is told so at once is better off than all of
   * them waiting.
   */
  turnAway(request: FastifyRequest, reply: FastifyReply): void {
    this.metrics.http.requestTurnedAway();
    void reply.header("retry-after", retryAfterSeconds);
    const extensions = { code: overloadedError.code, retryable: true, retryAfter: retryAfterSeconds };
    sendHttpError(request, reply, 503, overloadedError.message, extensions);
  }

  readonly #leave = (): void => {
    this.#count -= 1;
    this.metrics.http.requestEnded();
  };
}
