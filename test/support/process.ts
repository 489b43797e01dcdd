import { spawn } from "node:child_process";
import type { ChildProcess, ChildProcessWithoutNullStreams } from "node:child_process";

/** The command as a process. */
export interface GatewayProcess {
  /** The output so far. */
  readonly output: { stdout: string; stderr: string };
  /** Resolves when standard output matches, with the match. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  /** Resolves when standard error matches, with the match. */
  complained(pattern: RegExp): Promise<RegExpExecArray>;
  signal(name: NodeJS.Signals): void;
  /** Writes the whole standard input. */
  type(text: string): void;
  /** Resolves with the exit code. */
  readonly exited: Promise<number | null>;
}

const running = new Set<ChildProcess>();

/** Kills processes that a failed test left running. */
export function killProcesses(): void {
  for (const child of running) child.kill("SIGKILL");
}

/** @param env the process's whole environment, but for PATH; the emulator stands still in it unless told otherwise */
export function startProcess(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): GatewayProcess {
  return startCommand(process.execPath, ["bundle-test/main.js", ...args], process.cwd(), {
    EMULATOR_LIVELY: "false",
    ...env,
  });
}

/** Starts any command in any folder. */
export function startCommand(
  command: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): GatewayProcess {
  return watchProcess(spawn(command, args, { cwd, env: { PATH: process.env["PATH"], ...env } }));
}

/** @param child a process just started; {@link killProcesses} kills it if it is still running */
export function watchProcess(child: ChildProcessWithoutNullStreams): GatewayProcess {
  running.add(child);
  child.once("close", () => running.delete(child));
  const output = { stdout: "", stderr: "" };
  const waiting = new Set<() => void>();
  child.stdout.on("data", (chunk: Buffer) => {
    output.stdout += chunk.toString();
    for (const check of waiting) check();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    output.stderr += chunk.toString();
    for (const check of waiting) check();
  });
  const exited = new Promise<number | null>((resolve) => child.once("close", resolve));
  const matches = (stream: keyof typeof output, pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const check = (): void => {
        const match = pattern.exec(output[stream]);
        if (match === null) return;
        waiting.delete(check);
        resolve(match);
      };
      waiting.add(check);
      check();
      void exited.then(() => {
        reject(new Error(`exited before it printed ${String(pattern)}: ${output.stderr}`));
      });
    });
  return {
    output,
    exited,
    signal: (name) => child.kill(name),
    type: (text) => child.stdin.end(text),
    printed: (pattern) => matches("stdout", pattern),
    complained: (pattern) => matches("stderr", pattern),
  };
}
