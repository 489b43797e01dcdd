/** Measures this gateway beside its peers. docs/performance.md tells how to read it. */
import { relative } from "node:path";

import { describeMachine, machineText } from "./machine.js";
import { readOptions } from "./options.js";
import { writeDocument } from "./report/document.js";
import { asText } from "./report/table.js";
import { tablesOf } from "./report/tables.js";
import { writeResults } from "./report/write-results.js";
import { run } from "./run.js";
import { chooseSystems } from "./systems/systems.js";

const options = readOptions(process.argv.slice(2));
const systems = chooseSystems({ names: options.systems, gateways: options.gateways });
const results = await run(systems, options);
const tables = tablesOf(results);
const machine = describeMachine();

if (options.isSmoke) {
  process.stdout.write(`bench: ${systems.length} systems answer as they should, ${tables.length} tables\n`);
} else {
  for (const table of tables) process.stdout.write(`${asText(table)}\n\n`);
  const path = await writeResults({ machine, options, results });
  process.stdout.write(`every sample: ${relative(process.cwd(), path)}\n`);
}
if (options.isWhole) {
  const { rounds, requests, concurrency } = options;
  const load = `${rounds} rounds of ${requests} requests (fewer of the heavier operations) on ${concurrency} connections.`;
  await writeDocument({ machine: machineText(machine, load) }, tables);
}
