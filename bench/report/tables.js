import { aliasTable, callsTable } from "./calls-tables.js";
import { cpuTables } from "./cpu-tables.js";
import { latencyTable } from "./latency-table.js";
import { coldStartTable, memoryTable } from "./process-tables.js";
import { scalingTable } from "./scaling-table.js";

/** @import { Results } from "../run.js" */
/** @import { Table } from "./table.js" */

/**
 * @param {Results} results
 * @returns {Table[]}
 */
export function tablesOf({ cpu, latency, calls, aliases, scaling, memory, coldStart }) {
  return [
    ...(cpu ? cpuTables(cpu) : []),
    ...(latency ? [latencyTable(latency)] : []),
    ...(calls ? [callsTable(calls)] : []),
    ...(aliases ? [aliasTable(aliases)] : []),
    ...(scaling ? [scalingTable(scaling)] : []),
    ...(memory ? [memoryTable(memory)] : []),
    ...(coldStart ? [coldStartTable(coldStart)] : []),
  ];
}
