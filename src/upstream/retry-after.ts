/** The vendor's advice for a 429 that names no time: wait a second at least. */
const leastSeconds = 1;

/**
 * Decodes a `Retry-After` header, which is a number of seconds or an HTTP date (RFC 9110, 10.2.3).
 *
 * @returns whole seconds from `nowMs`, at least 1
 */
export function decodeRetryAfter(header: unknown, nowMs = Date.now()): number {
  if (typeof header !== "string") return leastSeconds;
  const seconds = /^\d+$/.test(header.trim()) ? Number(header) : (Date.parse(header) - nowMs) / 1000;
  return Number.isFinite(seconds) ? Math.max(leastSeconds, Math.ceil(seconds)) : leastSeconds;
}
