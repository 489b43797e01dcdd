import { readAgents, readReasons } from "../operations.js";
import { median, quantile } from "../stats.js";
import { measureCpu, warmUp } from "./cpu.js";

/** @import { Operation } from "../operations.js" */
/** @import { Service } from "../systems/service.js" */
/** @import { LoadOptions } from "./cpu.js" */

/**
 * What a request of so many rows costs one system, and what each row adds to the cost of the fewest.
 *
 * @typedef {object} ScalingResult
 * @property {string} system
 * @property {string} of What the rows are.
 * @property {number} rows
 * @property {number} cpuMs
 * @property {number} rowUs Microseconds; NaN of the fewest rows, and where the rounds do not tell the two apart.
 */

/**
 * The first size is what a request costs in any case. For agents it is two: the reason of one alone would be
 * fetched by its id, and that is another call.
 *
 * @type {readonly { of: string, sizes: readonly number[], operationOf: (size: number) => Operation }[]}
 */
const series = [
  { of: "reasons", sizes: [0, 10, 50, 500, 5000], operationOf: (reasons) => readReasons({ reasons }) },
  { of: "agents", sizes: [2, 10, 100, 1000], operationOf: readAgents },
];

/**
 * How the CPU time of a request grows with the rows of its answer.
 *
 * @param {readonly Service[]} services
 * @param {LoadOptions} options
 * @returns {Promise<ScalingResult[]>}
 */
export async function measureScaling(services, options) {
  const results = [];
  for (const { of, sizes, operationOf } of series) {
    const operations = sizes.map(operationOf);
    await warmUp(services, operations, options);
    const loads = await measureCpu(services, operations, options);
    for (const { system } of services) {
      const costs = loads.filter((load) => load.system === system.name).map(({ cpuMs }) => cpuMs);
      results.push(
        ...costs.map((cpuMs, index) => ({
          system: system.name,
          of,
          rows: sizes[index],
          cpuMs: median(cpuMs),
          rowUs: (1000 * increase(costs[0], cpuMs)) / (sizes[index] - sizes[0]),
        })),
      );
    }
  }
  return results;
}

/**
 * How far the median of `after` is above that of `before`; NaN where their middle halves overlap.
 *
 * @param {readonly number[]} before
 * @param {readonly number[]} after
 */
function increase(before, after) {
  const isClear = quantile(after, 0.25) > quantile(before, 0.75);
  return isClear ? median(after) - median(before) : Number.NaN;
}
