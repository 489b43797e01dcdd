/**
 * The long form of the memory test: `npm run tool -- memory --rounds 20 --heap-mib 192`. Exits with 1 if the
 * gateway exits, or leaks memory.
 */
import { parseArgs } from "node:util";

import { runMemory } from "./run-memory.js";

const { values } = parseArgs({
  options: { rounds: { type: "string", default: "10" }, "heap-mib": { type: "string", default: "192" } },
});
const heapMiB = Number(values["heap-mib"]);
const { deadAfter, documents, usedMiB, lastAnswer } = await runMemory({
  rounds: Number(values.rounds),
  heapMiB,
});
const [before, after] = usedMiB.map((mebibytes) => mebibytes.toFixed(1));
process.stdout.write(
  deadAfter === undefined
    ? `${documents} documents, ${before} -> ${after} MiB in use, last answer ${lastAnswer}`
    : `the gateway ended: ${deadAfter}, after ${documents} documents\n`,
);
process.exitCode = deadAfter === undefined ? 0 : 1;
