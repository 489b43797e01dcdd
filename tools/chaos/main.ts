/**
 * The long form of the chaos test: `npm run tool -- chaos --seed 42 --steps 20000`. Exits with 1 if an
 * invariant is violated; the printed seed replays the plan. `--json FILE` writes the report to a file.
 */
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";

import { runChaos } from "./run-chaos.js";
import type { ChaosReport } from "./run-chaos.js";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    steps: { type: "string", default: "15000" },
    concurrency: { type: "string", default: "24" },
    "deadline-ms": { type: "string", default: "2000" },
    json: { type: "string" },
  },
});
const warmUpSteps = 1000;

const options = {
  seed: Number(values.seed),
  steps: Number(values.steps),
  concurrency: Number(values.concurrency),
  deadlineMs: Number(values["deadline-ms"]),
};

process.stdout.write(`seed ${options.seed}\n`);
// A warm-up: the first requests allocate memory that stays in use, which is no leak.
await runChaos({ ...options, steps: Math.min(options.steps, warmUpSteps) });
const startMs = performance.now();
const report = await runChaos(options);
process.stdout.write(describe(report, performance.now() - startMs));
if (values.json !== undefined) {
  await writeFile(values.json, JSON.stringify({ ...report, codes: Object.fromEntries(report.codes) }));
}
const leaks = report.heap[1] - report.heap[0] > 32 * 1024 * 1024;
process.exitCode = report.violations.length > 0 || !report.isReady || leaks ? 1 : 0;

function describe(
  { violations, codes, durationsMs, heap, sockets, ...figures }: ChaosReport,
  tookMs: number,
): string {
  const at = (share: number): number =>
    Math.round(durationsMs[Math.floor(share * (durationsMs.length - 1))] ?? 0);
  const lines = [
    `${durationsMs.length} requests in ${Math.round(tookMs / 1000)} s`,
    ...[...codes].sort(([, a], [, b]) => b - a).map(([code, count]) => `${code}: ${count}`),
    `duration p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms`,
    ...Object.entries(figures).map(([name, figure]) => `${name}: ${String(figure)}`),
    `heap ${heap.map((bytes) => (bytes / 2 ** 20).toFixed(1)).join(" -> ")} MiB, sockets ${sockets.join(" -> ")}`,
    ...violations.slice(0, 20),
    `${violations.length} violations`,
  ];
  return `${lines.join("\n")}\n`;
}
