import type { WriteStream } from "node:tty";

import type { PasswordInput } from "./password-prompt.js";

/** A terminal, a pipe or a file. */
export type TerminalOutput = NodeJS.WritableStream & Partial<Pick<WriteStream, "isTTY" | "columns">>;

/** What a command reads from and prints to. */
export interface Terminal {
  readonly input: PasswordInput;
  /** For results. */
  readonly output: TerminalOutput;
  /** For people: problems, questions, progress. */
  readonly errors: TerminalOutput;
}

/** The process's own streams and signals. */
export const processTerminal: Terminal = {
  input: process.stdin,
  output: process.stdout,
  errors: process.stderr,
};
