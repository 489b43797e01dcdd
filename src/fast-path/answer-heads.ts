import type { IncomingHttpHeaders } from "node:http";
import { LRUCache } from "lru-cache";

import { requestIdHeader } from "../observability/index.js";

/** Clients and their pages have a handful between them. */
const maxHeads = 1000;

const maxKeyLength = 1024;

/** What differs from one answer to the next, or belongs to its connection. */
const ownHeaders: ReadonlySet<string> = new Set([
  requestIdHeader,
  "connection",
  "content-length",
  "date",
  "keep-alive",
  "transfer-encoding",
]);

/** The headers of an answer as Fastify has them. */
export type AnswerHeaders = Readonly<Record<string, string | number | string[] | undefined>>;

/** Header names and values by turns, as `writeHead` takes them with the least work. */
export type AnswerHead = readonly string[];

/**
 * The headers of an answer, by what of the request decides them: learned from how Fastify, its hooks and Apollo
 * answered such a request, so that CORS, content negotiation and the security headers are decided in one place.
 */
export class AnswerHeads {
  readonly #heads = new LRUCache<string, AnswerHead>({ max: maxHeads });

  find(request: IncomingHttpHeaders): AnswerHead | undefined {
    return this.#heads.get(keyOf(request));
  }

  /** Notes how a request was answered with a 200. */
  learn(request: IncomingHttpHeaders, answer: AnswerHeaders): void {
    const key = keyOf(request);
    if (key.length > maxKeyLength || this.#heads.get(key) !== undefined) return;
    const head = Object.entries(answer).flatMap(([name, value]) =>
      ownHeaders.has(name) || value === undefined ? [] : [name, String(value)],
    );
    this.#heads.set(key, head);
  }
}

/** No value of a header has a line break in it. */
function keyOf({ accept = "", origin = "", "content-type": contentType = "" }: IncomingHttpHeaders): string {
  return `${contentType}\n${accept}\n${origin}`;
}
