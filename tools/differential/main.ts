/**
 * The long form of the differential test: `npm run tool -- differential --seed 42 --count 50000`. Exits with 1 where
 * the fast path answered other than without it; the seed that is printed replays the operations, with the count and
 * the number of processes that they were run with.
 */
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";

import { runInProcesses } from "./processes.js";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    count: { type: "string", default: "20000" },
    processes: { type: "string", default: String(availableParallelism()) },
  },
});

const seed = Number(values.seed);
const count = Number(values.count);
const processes = Number(values.processes);
process.stdout.write(`seed ${seed}, ${processes} processes\n`);
const startMs = performance.now();
const { difference, fastByField, ...figures } = await runInProcesses({ seed, count, processes });
const lines = [
  `${Math.round((performance.now() - startMs) / 1000)} s`,
  ...Object.entries(figures).map(([figure, value]) => `${figure}: ${value}`),
  ...Object.entries(fastByField).map(([field, value]) => `fast with ${field}: ${value}`),
  difference ?? "no difference",
];
process.stdout.write(`${lines.join("\n")}\n`);
process.exitCode = difference === undefined ? 0 : 1;
