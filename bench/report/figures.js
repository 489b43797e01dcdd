/**
 * A number to three digits, without an exponent.
 *
 * @param {number} value
 */
export function figure(value) {
  if (!Number.isFinite(value)) return "–";
  const digits = Math.min(4, Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value) || 1))));
  return value.toFixed(digits);
}

/** @param {number} share */
export function percent(share) {
  return `${Math.round(100 * share)}%`;
}

/** @param {number} bytes */
export function mebibytes(bytes) {
  return Number.isFinite(bytes) ? (bytes / 2 ** 20).toFixed(1) : "–";
}
