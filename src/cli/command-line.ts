import type { Environment } from "../config/index.js";
import { createCommands } from "./commands.js";
import { CommandProblem, FileProblem } from "./problem.js";
import { runProgram } from "./program.js";
import type { Terminal } from "./terminal.js";

const programName = "status-reason-gateway";

/**
 * Runs the command that `words`, those after the program's name, ask for, and prints what is wrong where it fails.
 *
 * @returns the process's exit code
 */
export async function runCommandLine(
  words: readonly string[],
  terminal: Terminal,
  env: Environment,
): Promise<number> {
  const { output, errors } = terminal;
  const texts = {
    writeOut: (text: string) => void output.write(text),
    writeErr: (text: string) => void errors.write(text),
  };
  const settingsHelp = async () => (await import("./help.js")).settingsHelp();
  try {
    return await runProgram(words, createCommands(terminal, env), texts, settingsHelp);
  } catch (error) {
    // The lines about a file begin with its name, as editors and CI systems find them.
    const prefix = error instanceof FileProblem ? "" : `${programName}: `;
    for (const line of await describeFailure(error)) errors.write(`${prefix}${line}\n`);
    return 1;
  }
}

/** System errors, such as a port in use, and problems for people need no stack; all others do. */
async function describeFailure(error: unknown): Promise<readonly string[]> {
  if (!(error instanceof Error)) return [String(error)];
  const { ConfigError } = await import("../config/index.js");
  if (error instanceof ConfigError) return error.problems;
  if (error instanceof CommandProblem) return error.message.split("\n");
  return "syscall" in error ? [error.message] : [error.stack ?? error.message];
}
