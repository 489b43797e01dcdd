import { quantile } from "../stats.js";
import { figure } from "./figures.js";

/** @import { LatencyResult } from "../measures/latency.js" */
/** @import { Table } from "./table.js" */

/**
 * What each system adds to what the upstream itself takes, both at the median and at the 99th percentile.
 *
 * @param {readonly LatencyResult[]} results
 * @returns {Table}
 */
export function latencyTable(results) {
  const operations = [...new Set(results.map(({ operation }) => operation))];
  const systems = [...new Set(results.map(({ system }) => system))];
  const at = (/** @type {string} */ system, /** @type {string} */ operation, /** @type {number} */ share) => {
    const result = results.find((one) => one.system === system && one.operation === operation);
    return quantile(result?.latenciesMs ?? [], share);
  };
  return {
    name: "latency",
    columns: ["ms", ...operations.flatMap((operation) => [`${operation}: p50`, "p99"])],
    rows: systems.map((system) => [
      system === "upstream" ? "the upstream itself" : `added by ${system}`,
      ...operations.flatMap((operation) =>
        [0.5, 0.99].map((share) => {
          const base = system === "upstream" ? 0 : at("upstream", operation, share);
          return figure(at(system, operation, share) - base);
        }),
      ),
    ]),
  };
}
