import { arch, cpus, release, totalmem, type } from "node:os";

import { runCommand } from "./command.js";

/** The date, the commit and the machine of the measurement. */
export async function describeRun(startedAt: Date): Promise<Record<string, string>> {
  const processors = cpus();
  return {
    measured: startedAt.toISOString(),
    commit: await describeCommit(),
    machine: `${processors.length} × ${processors[0]?.model ?? "unknown processor"}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
    system: `${type()} ${release().replace(/-.*/, "")}, ${arch()}`,
    "Node, where a line names no other": process.version,
  };
}

/** The card itself does not count as a change: every run writes it. */
async function describeCommit(): Promise<string> {
  const commit = await git("rev-parse", "HEAD");
  const changes = await git("status", "--porcelain", "--", ".", ":(exclude)docs/scorecard.md");
  return changes === "" ? commit : `${commit}, and uncommitted changes`;
}

async function git(...args: string[]): Promise<string> {
  const { exitCode, stdout } = await runCommand("git", args);
  if (exitCode !== 0) throw new Error(`git ${args.join(" ")} failed`);
  return stdout.trim();
}
