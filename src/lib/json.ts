import { isUtf8 } from "node:buffer";

import { LosslessNumber, isSafeNumber, parse, stringify } from "lossless-json";

/** An integer beyond 2^53 has at least this many digits. */
const longLength = 16;

/** A run of that many outside a fraction. */
const mayBeLong = /(?<![.\d])\d{16}/;

/**
 * Parses JSON without corrupting 64-bit integers, where plain `JSON.parse` would silently return another
 * number.
 *
 * @param decodeLong decodes the digits of an integer beyond 2^53; to a bigint by default
 * @throws SyntaxError where the text is not JSON
 */
export function parseJson(text: string, decodeLong: (digits: string) => unknown = BigInt): unknown {
  if (!mayHoldLong(text)) return JSON.parse(text) as unknown;
  return parse(text, null, (number) => decodeNumber(number, decodeLong));
}

/** Whether a text may hold an integer beyond 2^53, so that the lossless parser, which is slower, is needed. */
export function mayHoldLong(text: string): boolean {
  return hasDigitRun(text, longLength) && mayBeLong.test(text);
}

/** Writes JSON; a bigint becomes a JSON number, digit for digit. */
export function stringifyJson(value: unknown): string {
  const text = stringify(value);
  if (text === undefined) throw new TypeError("not a JSON value");
  return text;
}

export function isJsonObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function decodeNumber(text: string, decodeLong: (digits: string) => unknown): unknown {
  if (/^-?\d+$/.test(text)) {
    const number = Number(text);
    return Number.isSafeInteger(number) ? number : decodeLong(text);
  }
  return isSafeNumber(text) ? Number(text) : new LosslessNumber(text);
}

const byteOrderMark = "\uFEFF";

/** The bytes are not UTF-8. */
export class NotUtf8 extends Error {
  override readonly name = "NotUtf8";
}

/**
 * Parses bytes as JSON in UTF-8, with or without a byte order mark.
 *
 * An integer beyond 2^53 becomes a string of its exact digits: it is a 64-bit id, and GraphQL's ID is a string.
 *
 * @throws NotUtf8 where the bytes are not UTF-8
 * @throws SyntaxError where the text is not JSON
 */
export function parseJsonBytes(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) throw new NotUtf8();
  const text = bytes.toString();
  return parseJson(text.startsWith(byteOrderMark) ? text.slice(1) : text, String);
}

/**
 * Whether `text` has `length` digits in a row. Hot path: a run of 16 digits covers one of every 16 positions, so only
 * these are looked at, where a regular expression looks at all.
 */
export function hasDigitRun(text: string, length: number): boolean {
  for (let index = length - 1; index < text.length; index += length) {
    if (isDigit(text, index) && runAround(text, index, length) >= length) return true;
  }
  return false;
}

/** The length of the run of digits around `index`, counted up to `enough`. */
function runAround(text: string, index: number, enough: number): number {
  let begin = index;
  while (index - begin < enough && isDigit(text, begin - 1)) begin -= 1;
  let end = index + 1;
  while (end - begin < enough && isDigit(text, end)) end += 1;
  return end - begin;
}

/** False outside the text. */
function isDigit(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code >= 0x30 && code <= 0x39;
}
