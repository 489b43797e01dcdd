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
  /**
   * Calls `listener` when a person presses Ctrl-C, or the process is asked to end, which it then does not do by itself.
   *
   * @returns ends that
   */
  onInterrupt(listener: () => void): () => void;
}

const interrupts = ["SIGINT", "SIGTERM"] as const;

/** The process's own streams and signals. */
export const processTerminal: Terminal = {
  input: process.stdin,
  output: process.stdout,
  errors: process.stderr,
  onInterrupt: (listener) => {
    for (const signal of interrupts) process.on(signal, listener);
    return () => {
      for (const signal of interrupts) process.off(signal, listener);
    };
  },
};

/** Characters that a terminal obeys instead of showing them, or that reorder or hide others. */
const unsafe = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu;

/** Writes a text of somebody else's so that it cannot act on the terminal. */
export function escapeControls(text: string): string {
  return text.replace(unsafe, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** A text of somebody else's in quotes, in one line. */
export function quoteText(text: string): string {
  return `"${escapeControls(text.replace(/[\\"]/g, "\\$&").replaceAll("\n", "\\n").replaceAll("\t", "\\t"))}"`;
}
