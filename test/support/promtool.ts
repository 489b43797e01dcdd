import { spawnSync } from "node:child_process";

/** What a run of promtool came to. */
export interface PromtoolRun {
  readonly exitCode: number | null;
  /** Everything that it printed. */
  readonly text: string;
}

/**
 * Runs Prometheus's own tool of the system.
 *
 * @param input what it reads from standard input
 * @throws Error if it is not installed
 */
export function promtool(words: readonly string[], input = ""): PromtoolRun {
  const { error, status, stdout, stderr } = spawnSync("promtool", words, { input, encoding: "utf8" });
  if (error !== undefined) {
    throw new Error("These tests need promtool: install it, on Debian with apt-get install prometheus");
  }
  return { exitCode: status, text: stdout + stderr };
}
