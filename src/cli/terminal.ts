import type { PasswordInput } from "./password-prompt.js";

/** What a command reads from and prints to. */
export interface Terminal {
  readonly input: PasswordInput;
  /** For results. */
  readonly output: NodeJS.WritableStream;
  /** For people: problems, questions, progress. */
  readonly errors: NodeJS.WritableStream;
}

/** The process's own streams. */
export const processTerminal: Terminal = {
  input: process.stdin,
  output: process.stdout,
  errors: process.stderr,
};
