import type { RawData } from "ws";

import { parseJson, stringifyJson } from "../../lib/index.js";

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
