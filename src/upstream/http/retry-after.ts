/** The contract's advice for a 429 without a usable time: wait at least a second. */
const leastSeconds = 1;

/** Larger numbers count as this one (RFC 9111, 1.2.2). */
const mostSeconds = 2 ** 31;

/** One, or several that a proxy joined. */
const numbers = /^\d+(?:\s*,\s*\d+)*$/;

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const weekday = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
const month = `(?<month>${months.join("|")})`;
const time = "(?<time>\\d\\d:\\d\\d:\\d\\d)";

/** The three forms of an HTTP date (RFC 9110, 5.6.7). All are GMT, also asctime's, which does not say so. */
const httpDates = [
  // IMF-fixdate: Sun, 06 Nov 1994 08:49:37 GMT
  new RegExp(`^${weekday}, (?<day>\\d\\d) ${month} (?<year>\\d{4}) ${time} GMT$`),
  // RFC 850: Sunday, 06-Nov-94 08:49:37 GMT
  new RegExp(`^[A-Z][a-z]{2,5}day, (?<day>\\d\\d)-${month}-(?<year>\\d\\d) ${time} GMT$`),
  // asctime: Sun Nov  6 08:49:37 1994
  new RegExp(`^${weekday} ${month} (?<day>[ \\d]\\d) ${time} (?<year>\\d{4})$`),
];

/**
 * Decodes a `Retry-After` header, which is a number of seconds or an HTTP date (RFC 9110, 10.2.3).
 *
 * @param header where it came several times, the longest wait counts
 * @returns whole seconds from `nowMs`, at least 1 and at most 2^31; 1 where the header is missing or is neither of the two
 */
export function decodeRetryAfter(header: string | string[] | undefined, nowMs = Date.now()): number {
  if (Array.isArray(header))
    return Math.max(leastSeconds, ...header.map((one) => decodeRetryAfter(one, nowMs)));
  const text = header?.trim() ?? "";
  const seconds = numbers.test(text)
    ? Math.max(...text.split(",").map(Number))
    : (httpDateMs(text, nowMs) - nowMs) / 1000;
  return Number.isNaN(seconds)
    ? leastSeconds
    : Math.min(mostSeconds, Math.max(leastSeconds, Math.ceil(seconds)));
}

/** The longest pause of the Domain API and the token service after a 429. */
const longestLookupPauseSeconds = 300;

/** As {@link decodeRetryAfter}, capped at the longest pause of these services. */
export function decodeLookupPause(header: string | string[] | undefined): number {
  return Math.min(longestLookupPauseSeconds, decodeRetryAfter(header));
}

/** @returns epoch milliseconds; NaN where the text is no HTTP date */
function httpDateMs(text: string, nowMs: number): number {
  for (const form of httpDates) {
    const date = form.exec(text)?.groups;
    if (date === undefined) continue;
    const { day = "", year = "" } = date;
    const number = String(months.indexOf(date["month"] ?? "") + 1).padStart(2, "0");
    const fullYear = year.length === 2 ? fullYearOf(Number(year), nowMs) : Number(year);
    return Date.parse(`${fullYear}-${number}-${day.trim().padStart(2, "0")}T${date["time"] ?? ""}Z`);
  }
  return NaN;
}

/** The year of these last two digits that is at most 50 years ahead (RFC 9110, 5.6.7). */
function fullYearOf(twoDigits: number, nowMs: number): number {
  const latest = new Date(nowMs).getUTCFullYear() + 50;
  return latest - ((((latest - twoDigits) % 100) + 100) % 100);
}
