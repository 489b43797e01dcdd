import type { SubscribePayload } from "graphql-ws";
import type { RawData } from "ws";

import { isJsonObject, mayHoldLong, parseJson, stringifyJson } from "../../lib/index.js";
import type { AskedDocument } from "../documents/index.js";

export function textOf(data: RawData): string {
  if (Buffer.isBuffer(data)) return data.toString();
  return Array.isArray(data) ? Buffer.concat(data).toString() : Buffer.from(data).toString();
}

/** Rewrites integers beyond 2^53 in a message to strings of their exact digits: graphql-ws would round them. */
export function exactText(text: string): string {
  if (!mayHoldLong(text)) return text;
  try {
    return stringifyJson(parseJson(text, String));
  } catch {
    // Not JSON: graphql-ws closes the socket with the right code.
    return text;
  }
}

/** Only messages with one of these are parsed twice. */
const idNames = /"(?:documentId|persistedQuery)"/;

/** Adds an empty `query` to a message that has an id instead: graphql-ws closes sockets for messages without a `query`. */
export function withQuery(text: string): string {
  if (!idNames.test(text)) return text;
  try {
    const message = JSON.parse(text) as unknown;
    if (!isJsonObject(message) || !isJsonObject(message["payload"])) return text;
    const { payload } = message;
    if (payload["query"] != null) return text;
    return JSON.stringify({ ...message, payload: { ...payload, query: "" } });
  } catch {
    return text;
  }
}

/** What the payload of `subscribe` says about its document. Clients of graphql-ws can send an id in `extensions` only. */
export function askedIn(payload: SubscribePayload): AskedDocument {
  const { query, extensions } = payload;
  const documentId = (payload as AskedDocument).documentId ?? extensions?.["documentId"];
  return { query, documentId, extensions };
}

/**
 * The token in the payload of `connection_init`, since browsers cannot set headers on WebSockets: the value of
 * `Authorization`, in upper or lower case, at the top level or in `headers`.
 */
export function authorizationIn(params: unknown): string | undefined {
  if (!isJsonObject(params)) return undefined;
  return headerIn(params) ?? (isJsonObject(params["headers"]) ? headerIn(params["headers"]) : undefined);
}

function headerIn(headers: Readonly<Record<string, unknown>>): string | undefined {
  const [, value] = Object.entries(headers).find(([key]) => key.toLowerCase() === "authorization") ?? [];
  return typeof value === "string" ? value : undefined;
}
