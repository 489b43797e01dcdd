import { fork } from "node:child_process";
import { once } from "node:events";

import { sumOf } from "./report.js";
import type { DifferentialReport } from "./report.js";

export interface ProcessesOptions {
  readonly seed: number;
  /** How many operations in all. */
  readonly count: number;
  /** The number of processes that share the operations. */
  readonly processes: number;
}

/** Runs the differential test in several processes, each with its own seed. */
export async function runInProcesses({
  seed,
  count,
  processes,
}: ProcessesOptions): Promise<DifferentialReport> {
  const counts = Array.from({ length: processes }, (_, index) => Math.floor((count + index) / processes));
  return sumOf(await Promise.all(counts.map((share, index) => runProcess(seed + index, share))));
}

/** @throws Error with the seed if the process ends without a report */
async function runProcess(seed: number, count: number): Promise<DifferentialReport> {
  const child = fork("tools/differential/child.ts", [String(seed), String(count)], {
    execArgv: ["--import", "@swc-node/register/esm-register"],
    // Without the variables of a test runner.
    env: { PATH: process.env["PATH"] },
  });
  let report: DifferentialReport | undefined;
  child.on("message", (message) => {
    report = message as DifferentialReport;
  });
  const [code] = (await once(child, "exit")) as [number | null];
  if (report === undefined) throw new Error(`seed ${seed}: ended with ${code} before it reported`);
  return report;
}
