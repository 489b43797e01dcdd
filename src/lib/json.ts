import { LosslessNumber, isSafeNumber, parse, stringify } from "lossless-json";

import { hasDigitRun } from "./digit-run.js";

/** An integer past 2^53 has so many digits at least. */
const longLength = 16;

/** A run of so many outside a fraction. */
const mayBeLong = /(?<![.\d])\d{16}/;

/**
 * Parses JSON without corrupting 64-bit integers, where plain `JSON.parse` would silently return another
 * number.
 *
 * @param decodeLong what becomes of the digits of an integer beyond 2^53: a bigint unless said otherwise
 * @throws SyntaxError where the text is not JSON
 */
export function parseJson(text: string, decodeLong: (digits: string) => unknown = BigInt): unknown {
  if (!mayHoldLong(text)) return JSON.parse(text) as unknown;
  return parse(text, null, (number) => decodeNumber(number, decodeLong));
}

/** Only then is the slower lossless parser needed. */
function mayHoldLong(text: string): boolean {
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
