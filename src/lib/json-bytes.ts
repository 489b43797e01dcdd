import { isUtf8 } from "node:buffer";

import { parseJson } from "./json.js";

const byteOrderMark = "\uFEFF";

/** The bytes are not UTF-8. They are not guessed at. */
export class NotUtf8 extends Error {
  override readonly name = "NotUtf8";
}

/**
 * Reads bytes as JSON in UTF-8. A byte order mark before it does no harm.
 *
 * A 64-bit id may come as a JSON number: where it is beyond 2^53 it becomes a string of its exact digits, which
 * is what GraphQL's ID is.
 *
 * @throws NotUtf8 where the bytes are not UTF-8
 * @throws SyntaxError where the text is not JSON
 */
export function parseJsonBytes(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) throw new NotUtf8();
  const text = bytes.toString();
  return parseJson(text.startsWith(byteOrderMark) ? text.slice(1) : text, String);
}
