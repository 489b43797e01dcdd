import { isLong } from "../../lib/index.js";
import { revisionHeaders } from "../../wire/index.js";

/** A value and the revision of the account's collection that it was seen at; null where the upstream sent none. */
export interface Revised<T> {
  readonly value: T;
  readonly revision: string | null;
}

/**
 * Digits, quoted or not. The older edition sends an ETag: quoted, as a weak one behind some proxies, and behind those
 * that compress with the encoding's name after it.
 */
const revisionValue = /^(?:W\/)?"?(\d{1,40})(?:[-;]{1,2}(?:gzip|deflate|br|zstd))?"?$/i;

/** Digits in canonical form, too few to exceed a 64-bit long: what nearly all responses carry. */
const plainRevision = /^(?:0|[1-9]\d{0,17})$/;

/**
 * The revision of an account's status-reason collection that a response carries.
 *
 * @returns the decimal digits of a 64-bit number; null where the response carries none, or several that differ
 */
export function decodeRevision(headers: Readonly<Record<string, unknown>>): string | null {
  for (const name of revisionHeaders) {
    const value = headers[name];
    if (value === undefined) continue;
    if (typeof value === "string" && plainRevision.test(value)) return value;
    const revision = decodeOne(value);
    if (revision !== null) return revision;
  }
  return null;
}

/** A repeated header is an array; a proxy may have joined its values with a comma. */
function decodeOne(header: unknown): string | null {
  const [first = "", ...others] = String(header).split(",");
  const revision = digitsOf(first);
  return others.every((other) => digitsOf(other) === revision) ? revision : null;
}

function digitsOf(text: string): string | null {
  const digits = revisionValue.exec(text.trim())?.[1]?.replace(/^0+(?=\d)/, "");
  return digits !== undefined && isLong(digits) ? digits : null;
}

/** `If-Match: -1` matches any revision: for when the upstream sent none. */
export const anyRevision = "-1";
