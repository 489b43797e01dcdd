import { median, spread } from "../stats.js";
import { mebibytes, percent } from "./figures.js";

/** @import { ColdStartResult } from "../measures/cold-start.js" */
/** @import { MemoryResult } from "../measures/memory.js" */
/** @import { Table } from "./table.js" */

/**
 * @param {Record<"warm" | "end", MemoryResult[]>} results
 * @returns {Table}
 */
export function memoryTable({ warm, end }) {
  return {
    name: "memory",
    columns: ["MiB", "resident, warm", "resident, at the end", "heap, warm", "heap, at the end"],
    rows: warm.map(({ system, residentBytes, heapBytes }, index) => [
      system,
      ...[residentBytes, end[index].residentBytes, heapBytes, end[index].heapBytes].map(mebibytes),
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
