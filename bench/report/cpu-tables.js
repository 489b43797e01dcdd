import { median, spread } from "../stats.js";
import { figure, percent } from "./figures.js";

/** @import { LoadResult } from "../measures/cpu.js" */
/** @import { Table } from "./table.js" */

/**
 * The first system is the one that the others are compared with.
 *
 * @param {readonly LoadResult[]} results
 * @returns {Table[]}
 */
export function cpuTables(results) {
  const operations = [...new Set(results.map(({ operation }) => operation))];
  return operations.map((operation, index) => {
    const ofOperation = results.filter((result) => result.operation === operation);
    const base = median(ofOperation[0].cpuMs);
    return {
      name: `cpu-${index + 1}`,
      columns: [operation, "CPU ms per request", "spread", `× ${ofOperation[0].system}`, "requests/s"],
      rows: ofOperation.map(({ system, cpuMs, perSecond }) => [
        system,
        figure(median(cpuMs)),
        percent(spread(cpuMs)),
        figure(median(cpuMs) / base),
        figure(median(perSecond)),
      ]),
    };
  });
}
