/**
 * `npm run bench -- live`: what subscriptions cost, how soon changes arrive, and what polling clients would cost.
 * docs/performance.md tells how to read it.
 */
import { relative } from "node:path";

import { describeMachine, machineText } from "../machine.js";
import { writeDocument } from "../report/document.js";
import { asText } from "../report/table.js";
import { writeResults } from "../report/write-results.js";
import { readLiveOptions } from "./options.js";
import { runLive } from "./run.js";
import { liveTables } from "./tables.js";

const options = readLiveOptions(process.argv.slice(2));
const results = await runLive(options);
const tables = liveTables(results);
const machine = describeMachine();

if (options.isSmoke) {
  process.stdout.write(`bench live: all clients got their events, ${tables.length} tables\n`);
} else {
  for (const table of tables) process.stdout.write(`${asText(table)}\n\n`);
  const path = await writeResults({ machine, options, results });
  process.stdout.write(`every sample: ${relative(process.cwd(), path)}\n`);
}
if (options.isWhole) {
  const load = `An interval of ${options.intervalMs} ms, ${options.polls} of them for each measurement.`;
  await writeDocument({ "live-machine": machineText(machine, load) }, tables);
}
