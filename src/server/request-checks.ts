import type { FastifyReply, FastifyRequest } from "fastify";

import { sourceViolation } from "../graphql/index.js";
import type { SourceLimits } from "../graphql/index.js";
import { isJsonObject } from "../lib/index.js";
import { sendHttpError } from "./http-errors.js";

/**
 * Rejects a document that is too long, or that graphql-js could not parse and validate safely. A persisted query is
 * checked when it is registered: its document is sent only then.
 *
 * @returns whether the request was rejected, and the response is sent
 */
export function refusesHostileSource(
  request: FastifyRequest,
  reply: FastifyReply,
  limits: SourceLimits,
): boolean {
  for (const source of sourcesIn(request)) {
    const violation = sourceViolation(source, limits);
    if (violation === undefined) continue;
    sendHttpError(request, reply, 400, violation, { code: "GRAPHQL_VALIDATION_FAILED" });
    return true;
  }
  return false;
}

/** The search parameters of a request's URL, which has no origin. */
export function searchParamsOf(url: string): URLSearchParams {
  return new URL(url, "http://gateway").searchParams;
}

/** Reads the document as Apollo does, so that both see the same one. */
function sourcesIn({ method, url, body }: FastifyRequest): readonly string[] {
  if (method === "GET") return searchParamsOf(url).getAll("query");
  const query = isJsonObject(body) ? body["query"] : undefined;
  return typeof query === "string" ? [query] : [];
}
