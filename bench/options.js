import { parseArgs } from "node:util";

/** What can be measured, in the order in which it is. */
export const measureNames = /** @type {const} */ ([
  "cpu",
  "latency",
  "calls",
  "scaling",
  "memory",
  "cold-start",
]);

/** @typedef {(typeof measureNames)[number]} MeasureName */

/**
 * @typedef {object} Options
 * @property {readonly string[] | undefined} systems
 * @property {readonly string[] | undefined} gateways
 * @property {readonly MeasureName[]} only
 * @property {number} rounds
 * @property {number} requests
 * @property {number} concurrency
 * @property {boolean} isSmoke
 * @property {boolean} isWhole Whether everything is measured, so that the results may become the documented ones.
 */

/** Enough to see that everything works; no figure of it means anything. */
const smoke = { rounds: 1, requests: 60 };

/**
 * @param {readonly string[]} args
 * @returns {Options}
 */
export function readOptions(args) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      systems: { type: "string" },
      gateway: { type: "string", multiple: true },
      only: { type: "string" },
      rounds: { type: "string", default: "9" },
      requests: { type: "string", default: "4000" },
      concurrency: { type: "string", default: "16" },
      smoke: { type: "boolean", default: false },
    },
  });
  const { systems, gateway, only } = values;
  return {
    systems: systems?.split(","),
    gateways: gateway,
    only: only === undefined ? measureNames : measuresOf(only),
    rounds: positive("rounds", values.rounds),
    requests: positive("requests", values.requests),
    concurrency: positive("concurrency", values.concurrency),
    ...(values.smoke && smoke),
    isSmoke: values.smoke,
    isWhole: !values.smoke && [systems, gateway, only].every((choice) => choice === undefined),
  };
}

/**
 * @param {string} list
 * @returns {MeasureName[]}
 */
function measuresOf(list) {
  const names = list.split(",");
  const unknown = names.filter((name) => !measureNames.some((known) => known === name));
  if (unknown.length > 0)
    throw new Error(`--only knows ${measureNames.join(", ")}; not ${unknown.join(", ")}`);
  return measureNames.filter((name) => names.includes(name));
}

/**
 * @param {string} name
 * @param {string} text
 */
function positive(name, text) {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`--${name} must be a positive integer`);
}
