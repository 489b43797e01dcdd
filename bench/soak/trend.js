import { median } from "../stats.js";

/** What a heap may grow by from one third of a run to the next, for it to count as flat. */
const toleratedShare = 0.1;
const toleratedBytes = 5 * 2 ** 20;

/**
 * @typedef {object} Trend
 * @property {number} before Median of the second third, in bytes. In the first everything gets warm.
 * @property {number} after Median of the last third.
 * @property {number} slope Bytes from one reading to the next, by least squares over the last two thirds.
 * @property {boolean} isFlat
 */

/**
 * Whether a heap keeps growing.
 *
 * @param {readonly number[]} heapBytes at equal distances
 * @returns {Trend}
 */
export function trendOf(heapBytes) {
  const third = heapBytes.length / 3;
  const before = median(heapBytes.slice(third, 2 * third));
  const after = median(heapBytes.slice(2 * third));
  const slope = slopeOf(heapBytes.slice(third));
  return { before, after, slope, isFlat: after <= before * (1 + toleratedShare) + toleratedBytes };
}

/** @param {readonly number[]} values at equal distances */
function slopeOf(values) {
  const middle = (values.length - 1) / 2;
  const sum = (/** @type {(value: number, index: number) => number} */ term) =>
    values.map(term).reduce((total, one) => total + one, 0);
  return sum((value, index) => (index - middle) * value) / sum((_value, index) => (index - middle) ** 2);
}
