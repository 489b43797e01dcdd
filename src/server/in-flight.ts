import type { FastifyReply, FastifyRequest } from "fastify";

import { overloadedError } from "../graphql/errors/error-codes.js";
import type { Metrics } from "../metrics.js";
import { sendHttpError } from "./http-errors.js";

/** When a request that was turned away may come again, in seconds. */
const retryAfterSeconds = 1;

/**
 * An `onRequest` hook that turns requests away while `limit` others are being answered: a caller who is told
 * so at once is better off than all of them waiting.
 */
export function limitInFlight(limit: number, metrics: Metrics) {
  let inFlight = 0;
  return (request: FastifyRequest, reply: FastifyReply, done: () => void): void => {
    if (inFlight >= limit) {
      metrics.http.requestTurnedAway();
      void reply.header("retry-after", retryAfterSeconds);
      const extensions = { code: overloadedError.code, retryable: true, retryAfter: retryAfterSeconds };
      sendHttpError(request, reply, 503, overloadedError.message, extensions);
      return;
    }
    inFlight += 1;
    metrics.http.requestBegan();
    reply.raw.once("close", () => {
      inFlight -= 1;
      metrics.http.requestEnded();
    });
    done();
  };
}
