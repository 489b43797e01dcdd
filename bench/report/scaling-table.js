import { figure } from "./figures.js";

/** @import { ScalingResult } from "../measures/scaling.js" */
/** @import { Table } from "./table.js" */

/**
 * @param {readonly ScalingResult[]} results
 * @returns {Table}
 */
export function scalingTable(results) {
  return {
    name: "scaling",
    columns: ["rows", "system", "CPU ms per request", "CPU µs per row", "× the row of the most"],
    rows: results.map((result) => [
      `${result.rows} ${result.of}`,
      result.system,
      figure(result.cpuMs),
      figure(result.rowUs),
      figure(result.rowUs / ofMostRows(results, result).rowUs),
    ]),
  };
}

/**
 * @param {readonly ScalingResult[]} results
 * @param {ScalingResult} result
 */
function ofMostRows(results, { system, of }) {
  const series = results.filter((other) => other.system === system && other.of === of);
  return series.reduce((most, other) => (other.rows > most.rows ? other : most));
}
