import { parseArgs } from "node:util";

/**
 * @typedef {object} LiveOptions
 * @property {readonly number[]} subscribers
 * @property {readonly number[]} accounts
 * @property {readonly number[]} pollers
 * @property {number} intervalMs Between two polls of the gateway, or of a client.
 * @property {number} polls How many of them a measurement takes.
 * @property {number} writes
 * @property {boolean} isSmoke
 * @property {boolean} isWhole Whether everything is measured, so that the results may become the documented ones.
 */

const whole = {
  subscribers: [100, 1000, 10_000],
  accounts: [1, 100],
  pollers: [100, 1000],
  intervalMs: 5000,
  polls: 3,
  writes: 20,
};

/** Enough to see that everything works; no figure of it means anything. */
const smoke = { subscribers: [10], accounts: [1], pollers: [10], intervalMs: 1000, polls: 1, writes: 2 };

/**
 * @param {readonly string[]} args
 * @returns {LiveOptions}
 */
export function readLiveOptions(args) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      subscribers: { type: "string" },
      pollers: { type: "string" },
      smoke: { type: "boolean", default: false },
    },
  });
  const { subscribers, pollers, smoke: isSmoke } = values;
  return {
    ...(isSmoke ? smoke : whole),
    ...(subscribers !== undefined && { subscribers: numbersIn(subscribers) }),
    ...(pollers !== undefined && { pollers: numbersIn(pollers) }),
    isSmoke,
    isWhole: !isSmoke && subscribers === undefined && pollers === undefined,
  };
}

/** @param {string} list */
function numbersIn(list) {
  const numbers = list === "" ? [] : list.split(",").map(Number);
  if (numbers.every((number) => Number.isInteger(number) && number > 0)) return numbers;
  throw new Error("--subscribers and --pollers take positive integers, with commas between them");
}
