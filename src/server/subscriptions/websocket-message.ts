import type { RawData } from "ws";

import { isJsonObject, parseJson, stringifyJson } from "../../lib/index.js";

/** Only then may there be an integer beyond 2^53. */
const mayBeLong = /\d{16}/;

export function textOf(data: RawData): string {
  if (Buffer.isBuffer(data)) return data.toString();
  return Array.isArray(data) ? Buffer.concat(data).toString() : Buffer.from(data).toString();
}

/** The same message, but that integers beyond 2^53 are strings of their exact digits: graphql-ws would change them. */
export function exactText(text: string): string {
  if (!mayBeLong.test(text)) return text;
  try {
    return stringifyJson(parseJson(text, String));
  } catch {
    // It is no JSON: graphql-ws has the code for that.
    return text;
  }
}

/**
 * The token in the payload of a `connection_init`, where browsers put what would be a header: as `Authorization`, in
 * any case, or as such in `headers`.
 */
export function authorizationIn(params: unknown): string | undefined {
  if (!isJsonObject(params)) return undefined;
  return headerIn(params) ?? (isJsonObject(params["headers"]) ? headerIn(params["headers"]) : undefined);
}

function headerIn(headers: Readonly<Record<string, unknown>>): string | undefined {
  const [, value] = Object.entries(headers).find(([key]) => key.toLowerCase() === "authorization") ?? [];
  return typeof value === "string" ? value : undefined;
}
