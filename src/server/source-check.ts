import type { FastifyReply, FastifyRequest } from "fastify";

import { refusalOfSource } from "../graphql/limits/source-limits.js";
import { sendHttpError } from "./http-errors.js";

/**
 * Refuses a document that graphql-js could not even parse and validate safely.
 *
 * @returns whether it did
 */
export function refusesHostileSource(request: FastifyRequest, reply: FastifyReply): boolean {
  const source = sourceIn(request.body) ?? sourceIn(request.query);
  const refusal = source === undefined ? undefined : refusalOfSource(source);
  if (refusal === undefined) return false;
  sendHttpError(request, reply, 400, refusal, { code: "GRAPHQL_VALIDATION_FAILED", retryable: false });
  return true;
}

function sourceIn(container: unknown): string | undefined {
  if (typeof container !== "object" || container === null || !("query" in container)) return undefined;
  return typeof container.query === "string" ? container.query : undefined;
}
