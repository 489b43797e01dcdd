import type { FastifyReply, FastifyRequest } from "fastify";

import { refusalOfSource } from "../graphql/limits/source-limits.js";
import { sendHttpError } from "./http-errors.js";

/** A `preHandler` hook that refuses documents that graphql-js could not even parse and validate safely. */
export function refuseHostileSource(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  const source = sourceIn(request.body) ?? sourceIn(request.query);
  const refusal = source === undefined ? undefined : refusalOfSource(source);
  if (refusal === undefined) {
    done();
    return;
  }
  sendHttpError(request, reply, 400, refusal, { code: "GRAPHQL_VALIDATION_FAILED", retryable: false });
}

function sourceIn(container: unknown): string | undefined {
  if (typeof container !== "object" || container === null || !("query" in container)) return undefined;
  return typeof container.query === "string" ? container.query : undefined;
}
