import type { FastifyReply, FastifyRequest } from "fastify";

import { isJsonObject } from "../lib/index.js";
import { sendHttpError } from "./http-errors.js";

/** A SHA-256 as clients of automatic persisted queries write it. */
const sha256 = /^[\da-f]{64}$/;

const message =
  "The extension `persistedQuery` must have the version 1 and a `sha256Hash` of 64 hexadecimal digits in lower case.";

/**
 * Refuses a `persistedQuery` extension that is none. Apollo would look up whatever it holds, and answer that it is
 * not found: clients would send it again with the document.
 *
 * @returns whether it did
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
  // Apollo takes these for no extension at all.
  return !persisted || isPersistedQuery(persisted) ? undefined : message;
}

function isPersistedQuery(extension: unknown): boolean {
  if (!isJsonObject(extension) || extension["version"] !== 1) return false;
  const { sha256Hash } = extension;
  return typeof sha256Hash === "string" && sha256.test(sha256Hash);
}

function extensionsIn({ method, url, body }: FastifyRequest): unknown {
  if (method !== "GET") return isJsonObject(body) ? body["extensions"] : undefined;
  const [text, ...others] = new URL(url, "http://gateway").searchParams.getAll("extensions");
  if (text === undefined || others.length > 0) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Apollo has words for it.
    return undefined;
  }
}
