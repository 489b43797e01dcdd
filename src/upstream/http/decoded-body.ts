import { LRUCache } from "lru-cache";

import { parseJson } from "../../lib/index.js";
import { CharsetError } from "./body.js";
import type { UpstreamRequest, UpstreamResponse } from "./request.js";
import { UpstreamError } from "./upstream-error.js";

/**
 * Decodes the JSON body of a response.
 *
 * @param decode returns undefined where the JSON is not what the contract says
 * @throws UpstreamError `invalid-response` where the body is no JSON, or not what `decode` expects
 */
export function decodedBody<T>(
  request: UpstreamRequest,
  response: UpstreamResponse,
  decode: (json: unknown) => T | undefined,
): T {
  const value = decode(parsedBody(request, response));
  if (value === undefined) throw invalidResponse(request, response);
  return value;
}

/** @throws UpstreamError `invalid-response` where the body is no JSON, or is not in its charset */
export function parsedBody(request: UpstreamRequest, response: UpstreamResponse): unknown {
  const text = response.body.text();
  if (text === undefined) throw invalidResponse(request, response, new CharsetError());
  try {
    return parseJson(text);
  } catch (cause) {
    throw invalidResponse(request, response, cause);
  }
}

/** A write whose success cannot be read may have happened. */
function invalidResponse(
  request: UpstreamRequest,
  { status }: UpstreamResponse,
  cause?: unknown,
): UpstreamError {
  const outcome = request.intent === "write" ? "unknown" : undefined;
  return new UpstreamError("invalid-response", request, { status, outcome, cause });
}

/** The budget of one cache, in bytes: keys, bodies and decoded values. */
const maxBytes = 16 * 1024 * 1024;

/** A body is counted with its decoded value, which takes up to three times as much. */
const bytesPerBodyByte = 4;

/** The overhead of an entry, counted on top. */
const entryBytes = 1024;

/** Larger bodies are not cached, so that one of them does not evict all others. Over the largest agent view's size. */
const maxBodyBytes = 1024 * 1024;

interface Entry<T> {
  readonly body: Buffer;
  /** It names the charset: the same bytes in another one are another text. */
  readonly contentType: string | undefined;
  readonly value: T;
}

/**
 * Caches the decoded value of the last response to each request. It is no cache of responses: the upstream is asked
 * every time, with each caller's own credentials, and only where the response has the same bytes as the last one is it
 * not decoded again.
 *
 * Values are shared by requests, so `decode` must freeze them. What it saves: docs/performance.md.
 */
export class DecodedBodyCache<T> {
  readonly #entries = new LRUCache<string, Entry<T>>({
    maxSize: maxBytes,
    maxEntrySize: maxBodyBytes * bytesPerBodyByte,
    sizeCalculation: ({ body }, key) => entryBytes + body.length * bytesPerBodyByte + key.length * 2,
  });

  /**
   * @returns the same object for the same bytes
   * @throws UpstreamError `invalid-response`, as {@link decodedBody}
   */
  decoded(request: UpstreamRequest, response: UpstreamResponse, decode: (json: unknown) => T | undefined): T {
    const { body } = response;
    const key = keyOf(request);
    const entry = this.#entries.get(key);
    if (entry !== undefined && entry.contentType === body.contentType && body.equals(entry.body)) {
      return entry.value;
    }
    const value = decodedBody(request, response, decode);
    this.#entries.set(key, { body: body.bytes(), contentType: body.contentType, value });
    return value;
  }
}

/** Identifies what is asked for; the account is in the path. */
function keyOf({ operation, path, sharingKey, body = "" }: UpstreamRequest): string {
  return `${operation} ${path} ${sharingKey ?? body}`;
}
