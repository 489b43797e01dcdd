import { identicalRequests } from "../measures/upstream-calls.js";

/** @import { AliasResult } from "../measures/aliases.js" */
/** @import { CallsResult } from "../measures/upstream-calls.js" */
/** @import { Table } from "./table.js" */

/**
 * @param {readonly CallsResult[]} results
 * @returns {Table}
 */
export function callsTable(results) {
  const operations = results[0].operations.map(({ operation }) => operation);
  return {
    name: "calls",
    columns: [
      "upstream calls",
      ...operations,
      `${identicalRequests} times the first, one caller, at once`,
      "ids past 2^53",
      "not as the schema says",
    ],
    rows: results.map(({ system, operations, identical, exactIds, deviates }) => [
      system,
      ...operations.map(({ calls }) => String(calls)),
      String(identical),
      exactIds ? "exact" : "corrupted",
      deviates ?? "–",
    ]),
  };
}

/**
 * @param {readonly AliasResult[]} results
 * @returns {Table}
 */
export function aliasTable(results) {
  return {
    name: "aliases",
    columns: ["system", "operation", "upstream calls"],
    rows: results.map(({ system, operation, calls }) => [system, operation, String(calls)]),
  };
}
