import { isInteger, parse, stringify } from "lossless-json";

/** An integer that a double cannot hold becomes a bigint; every other number stays a number. */
function parseNumber(text: string): number | bigint {
  const value = Number(text);
  return isInteger(text) && !Number.isSafeInteger(value) ? BigInt(text) : value;
}

/**
 * JSON in, with 64-bit integers exact.
 *
 * @throws SyntaxError when the text is not JSON.
 */
export function parseJson(text: string): unknown {
  return parse(text, undefined, parseNumber);
}

/** JSON out: a bigint becomes a JSON number with all of its digits. */
export function stringifyJson(value: unknown): string {
  return stringify(value) ?? "null";
}

/** Narrows to a JSON object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const largestLong = 2n ** 63n - 1n;

/** A non-negative 64-bit long from its decimal digits or its JSON value, undefined for anything else. */
export function parseLong(value: unknown): bigint | undefined {
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "bigint") return undefined;
  const text = String(value);
  if (!/^\d{1,19}$/.test(text)) return undefined;
  const long = BigInt(text);
  return long <= largestLong ? long : undefined;
}
