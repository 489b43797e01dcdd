import { median, spread } from "../stats.js";
import { mebibytes, percent } from "./figures.js";

/** @import { ColdStartResult } from "../measures/cold-start.js" */
/** @import { MemoryResult } from "../measures/memory.js" */
/** @import { Table } from "./table.js" */

/**
 * @param {readonly MemoryResult[]} results
 * @returns {Table}
 */
export function memoryTable(results) {
  return {
    name: "memory",
    columns: ["MiB", "resident at rest", "peak under load", "after the load", "heap after the load"],
    rows: results.map(({ system, restBytes, peakBytes, endBytes, heapBytes }) => [
      system,
      ...[restBytes, peakBytes, endBytes, heapBytes].map(mebibytes),
    ]),
  };
}

/**
 * @param {readonly ColdStartResult[]} results
 * @returns {Table}
 */
export function coldStartTable(results) {
  return {
    name: "cold-start",
    columns: ["system", "ms to the first answer", "spread"],
    rows: results.map(({ system, startsMs }) => [
      system,
      String(Math.round(median(startsMs))),
      percent(spread(startsMs)),
    ]),
  };
}
