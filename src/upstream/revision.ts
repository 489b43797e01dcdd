import { revisionHeaders } from "./wire/status-reason.wire.js";

/**
 * The revision of an account's status-reason collection that a response carries.
 *
 * @returns decimal digits; null where the response carries none
 */
export function decodeRevision(headers: Readonly<Record<string, unknown>>): string | null {
  for (const name of revisionHeaders) {
    const value = headers[name];
    // The older edition sends an ETag, which comes quoted, and behind some proxies as a weak one.
    const digits = typeof value === "string" ? /^(?:W\/)?"?(\d{1,19})"?$/.exec(value.trim())?.[1] : undefined;
    if (digits !== undefined) return digits;
  }
  return null;
}

/** `If-Match: -1` says "whatever the revision": for when the upstream did not tell it. */
export const anyRevision = "-1";
