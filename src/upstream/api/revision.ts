import { isLong } from "../../lib/index.js";
import { revisionHeaders } from "../../wire/index.js";

/**
 * Digits, quoted or not. The older edition sends an ETag: quoted, as a weak one behind some proxies, and behind those
 * that compress with the encoding's name after it.
 */
const revisionValue = /^(?:W\/)?"?(\d{1,40})(?:[-;]{1,2}(?:gzip|deflate|br|zstd))?"?$/i;

/**
 * The revision of an account's status-reason collection that a response carries.
 *
 * @returns the decimal digits of a 64-bit number; null where the response carries none, or several that differ
 */
export function decodeRevision(headers: Readonly<Record<string, unknown>>): string | null {
  for (const name of revisionHeaders) {
    const value = headers[name];
    if (value === undefined) continue;
    const revision = decodeOne(value);
    if (revision !== null) return revision;
  }
  return null;
}

/** A header that comes twice is an array; a proxy may have joined it with a comma. */
function decodeOne(header: unknown): string | null {
  const [first = "", ...others] = String(header).split(",");
  const revision = digitsOf(first);
  return others.every((other) => digitsOf(other) === revision) ? revision : null;
}

function digitsOf(text: string): string | null {
  const digits = revisionValue.exec(text.trim())?.[1]?.replace(/^0+(?=\d)/, "");
  return digits !== undefined && isLong(digits) ? digits : null;
}

/** `If-Match: -1` says "whatever the revision": for when the upstream did not tell it. */
export const anyRevision = "-1";
