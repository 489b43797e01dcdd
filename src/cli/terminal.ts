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

/** Characters that a terminal obeys instead of showing them, or that reorder or hide others. */
const unsafe = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu;

/** Writes a text of somebody else's so that it cannot act on the terminal. */
export function escapeControls(text: string): string {
  return text.replace(unsafe, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}
