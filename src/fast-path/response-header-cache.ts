import type { IncomingHttpHeaders } from "node:http";

import { LRUCache } from "lru-cache";

import { requestIdHeader } from "../observability/index.js";

/** Clients and their pages have a handful of different headers. */
const maxEntries = 1000;

const maxKeyLength = 1024;

/** Headers that differ between responses, or belong to the connection. */
const perResponse: ReadonlySet<string> = new Set([
  requestIdHeader,
  "connection",
  "content-length",
  "date",
  "keep-alive",
  "transfer-encoding",
]);

/** The headers of a response as Fastify has them. */
export type ResponseHeaders = Readonly<Record<string, string | number | string[] | undefined>>;

/** Alternating header names and values, the form that `writeHead` handles fastest. */
export type HeaderList = readonly string[];

/**
 * Response headers by the request headers that decide them. Learned from the responses of Fastify, its hooks and Apollo,
 * so that CORS, content negotiation and security headers are decided in one place.
 */
export class ResponseHeaderCache {
  readonly #lists = new LRUCache<string, HeaderList>({ max: maxEntries });

  find(request: IncomingHttpHeaders): HeaderList | undefined {
    return this.#lists.get(keyOf(request));
  }

  /** @param response the headers of a response with status 200 */
  learn(request: IncomingHttpHeaders, response: ResponseHeaders): void {
    const key = keyOf(request);
    if (key.length > maxKeyLength || this.#lists.get(key) !== undefined) return;
    const list = Object.entries(response).flatMap(([name, value]) =>
      perResponse.has(name) || value === undefined ? [] : [name, String(value)],
    );
    this.#lists.set(key, list);
  }
}

/** Header values contain no line breaks. */
function keyOf({ accept = "", origin = "", "content-type": contentType = "" }: IncomingHttpHeaders): string {
  return `${contentType}\n${accept}\n${origin}`;
}
