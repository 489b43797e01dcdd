import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** Longer than any measurement takes, so that one that hangs does not block the others. */
const timeout = 15 * 60_000;
const maxBuffer = 256 * 1024 * 1024;

export interface FinishedCommand {
  readonly exitCode: number;
  readonly stdout: string;
}

/**
 * Runs a command to its end, whatever its exit code.
 *
 * @throws if it cannot be started, or is ended by a signal
 */
export async function runCommand(file: string, args: readonly string[]): Promise<FinishedCommand> {
  try {
    const { stdout } = await execute(file, args, { timeout, maxBuffer });
    return { exitCode: 0, stdout };
  } catch (error) {
    if (!(error instanceof Error && "code" in error && typeof error.code === "number")) throw error;
    return { exitCode: error.code, stdout: "stdout" in error ? String(error.stdout) : "" };
  }
}

/**
 * Runs a command that writes its results to a file, as JSON.
 *
 * @param argsFor creates the arguments from the file's path
 * @throws if the command does not write the file
 */
export async function runForResults(
  file: string,
  argsFor: (resultsFile: string) => readonly string[],
): Promise<{ exitCode: number; results: unknown }> {
  const folder = await mkdtemp(join(tmpdir(), "scorecard-"));
  const resultsFile = join(folder, "results.json");
  try {
    const { exitCode } = await runCommand(file, argsFor(resultsFile));
    const text = await readFile(resultsFile, "utf8").catch(() => {
      throw new Error(`the command wrote no results and exited with ${exitCode}`);
    });
    return { exitCode, results: JSON.parse(text) as unknown };
  } finally {
    await rm(folder, { recursive: true });
  }
}
