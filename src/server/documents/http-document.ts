import type { FastifyReply, FastifyRequest } from "fastify";

import { isJsonObject } from "../../lib/index.js";
import { sendHttpError } from "../http-errors.js";
import { searchParamsOf } from "../request-checks.js";
import { callerOf } from "../request-context.js";
import { jsonIn, textIn } from "../search-request.js";
import type { AskedDocument } from "./asked-document.js";
import type { RequestedDocuments } from "./requested-documents.js";

/** The parameters that say which document is meant. */
const names = ["query", "documentId", "extensions"] as const;

/**
 * Puts the document that a request means into it, as Apollo takes it.
 *
 * @returns whether the request was rejected, and the response is sent
 * @throws RequestError 400 where a search parameter is given more than once, or is not valid JSON where it has to be
 */
export function refusesDocument(
  request: FastifyRequest,
  reply: FastifyReply,
  documents: RequestedDocuments,
): boolean {
  const asked = request.method === "GET" ? askedInSearch(request.url) : askedInBody(request.body);
  if (asked === undefined) return false;
  const resolved = documents.resolve(asked, callerOf(request.raw));
  if ("refusal" in resolved) {
    sendHttpError(request, reply, 400, resolved.refusal, { code: resolved.code });
    return true;
  }
  if (resolved !== asked) replace(request, resolved);
  return false;
}

function askedInSearch(url: string): AskedDocument {
  const search = searchParamsOf(url);
  return {
    query: textIn(search, "query"),
    documentId: textIn(search, "documentId"),
    extensions: jsonIn(search, "extensions"),
  };
}

function askedInBody(body: unknown): AskedDocument | undefined {
  if (!isJsonObject(body)) return undefined;
  const { query, documentId, extensions } = body;
  return { query, documentId, extensions };
}

function replace(request: FastifyRequest, resolved: AskedDocument): void {
  if (request.method === "GET") request.raw.url = urlWith(request.url, resolved);
  else request.body = bodyWith(request.body as object, resolved);
}

function bodyWith(body: object, resolved: AskedDocument): object {
  const others = Object.entries(body).filter(([name]) => !names.some((replaced) => replaced === name));
  return { ...Object.fromEntries(others), ...resolved };
}

function urlWith(url: string, { query, extensions }: AskedDocument): string {
  const search = searchParamsOf(url);
  for (const name of names) search.delete(name);
  if (typeof query === "string") search.set("query", query);
  if (extensions !== undefined) search.set("extensions", JSON.stringify(extensions));
  return `${url.slice(0, url.indexOf("?"))}?${search.toString()}`;
}
