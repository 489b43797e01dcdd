import type { FastifyReply, FastifyRequest } from "fastify";

import { sourceViolation } from "../graphql/index.js";
import type { SourceLimits } from "../graphql/index.js";
import { isJsonObject } from "../lib/index.js";
import { sendHttpError } from "./http-errors.js";

/** A SHA-256 hash as clients of automatic persisted queries send it. */
const sha256Pattern = /^[\da-f]{64}$/;

const persistedQueryMessage =
  "The extension `persistedQuery` must have version 1 and a `sha256Hash` of 64 lower-case hexadecimal digits.";

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

/**
 * Rejects a `persistedQuery` extension of the wrong shape. Apollo would look up any hash and respond that it is not found,
 * so that clients would send it again with the document.
 *
 * @returns whether the request was rejected, and the response is sent
 */
export function refusesPersistedQuery(request: FastifyRequest, reply: FastifyReply): boolean {
  const refusal = refusalOfPersistedQuery(extensionsIn(request));
  if (refusal === undefined) return false;
  sendHttpError(request, reply, 400, refusal);
  return true;
}

/** What is wrong with the `persistedQuery` among a request's extensions; undefined where nothing is. */
export function refusalOfPersistedQuery(extensions: unknown): string | undefined {
  const persisted = isJsonObject(extensions) ? extensions["persistedQuery"] : undefined;
  // Apollo ignores falsy values.
  return !persisted || isPersistedQuery(persisted) ? undefined : persistedQueryMessage;
}

function isPersistedQuery(extension: unknown): boolean {
  if (!isJsonObject(extension) || extension["version"] !== 1) return false;
  const { sha256Hash } = extension;
  return typeof sha256Hash === "string" && sha256Pattern.test(sha256Hash);
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

function extensionsIn({ method, url, body }: FastifyRequest): unknown {
  if (method !== "GET") return isJsonObject(body) ? body["extensions"] : undefined;
  const [text, ...others] = searchParamsOf(url).getAll("extensions");
  if (text === undefined || others.length > 0) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Apollo responds with an error.
    return undefined;
  }
}
