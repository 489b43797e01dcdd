/** An account's id, as the Domain API defines it. */
export const accountIdPattern = /^[a-zA-Z0-9_]{1,20}$/;

/** {@link accountIdPattern} in words. */
export const accountIdRule = "1 to 20 letters, digits or underscores";

/** The greatest 64-bit signed long. */
const maxLong = 9_223_372_036_854_775_807n;

const maxLongDigits = String(maxLong).length;

/** Whether `value` is a positive 64-bit id in decimal, in canonical form. */
export function isId(value: unknown): value is string {
  return typeof value === "string" && /^[1-9]\d{0,18}$/.test(value) && isLong(value);
}

/** @param digits of a number without leading zeros */
export function isLong(digits: string): boolean {
  if (digits.length !== maxLongDigits) return digits.length < maxLongDigits;
  return BigInt(digits) <= maxLong;
}

/** A non-negative 64-bit long from its decimal digits or its JSON value; undefined for anything else. */
export function parseLong(value: unknown): bigint | undefined {
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "bigint") return undefined;
  const digits = String(value);
  return /^\d{1,19}$/.test(digits) && isLong(digits) ? BigInt(digits) : undefined;
}

/**
 * Decodes an id, which comes as a JSON number or a string.
 *
 * @returns its exact decimal digits; undefined if it is no id, or a number beyond 2^53, whose digits are not exact
 */
export function decodeId(wire: unknown): string | undefined {
  const text = typeof wire === "bigint" || Number.isSafeInteger(wire) ? String(wire) : wire;
  return isId(text) ? text : undefined;
}

/** Orders ids as numbers. Ids of other spellings are ordered too, by their length and then by their characters. */
export function compareIds(one: string, other: string): number {
  if (one === other) return 0;
  return one.length - other.length || (one < other ? -1 : 1);
}

/** As {@link compareIds}, with null after all ids. */
export function compareOptionalIds(one: string | null, other: string | null): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  return compareIds(one, other);
}
