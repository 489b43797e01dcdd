import { PassThrough } from "node:stream";

import type { Terminal } from "../../src/cli/terminal.js";

/** A terminal, or pipes, in memory. */
export interface TestTerminal extends Terminal {
  /** What a person or a pipe sends; `end` closes the pipe. */
  readonly input: PassThrough & { isTTY?: boolean };
  /** What was printed so far. */
  readonly printed: { output: string; errors: string };
  /** Presses Ctrl-C, where the command listens for it. */
  interrupt(): void;
  /** Resolves when standard output matches. */
  shown(pattern: RegExp): Promise<void>;
}

/** @param isTTY whether there is a person at a terminal; else all three are pipes */
export function createTerminal({ isTTY = false, isColoured = false } = {}): TestTerminal {
  const properties = { isTTY, setRawMode: () => undefined, getColorDepth: () => (isColoured ? 8 : 1) };
  const printed = { output: "", errors: "" };
  const stream = (): PassThrough => Object.assign(new PassThrough(), properties);
  const [input, output, errors] = [stream(), stream(), stream()];
  const waiting = new Set<() => void>();
  output.on("data", (chunk: Buffer) => {
    printed.output += chunk.toString();
    for (const check of waiting) check();
  });
  errors.on("data", (chunk: Buffer) => {
    printed.errors += chunk.toString();
  });
  let listeners: (() => void)[] = [];
  return {
    input,
    output,
    errors,
    printed,
    onInterrupt: (listener) => {
      listeners.push(listener);
      return () => {
        listeners = listeners.filter((other) => other !== listener);
      };
    },
    interrupt: () => {
      for (const listener of listeners) listener();
    },
    shown: (pattern) =>
      new Promise((resolve) => {
        const check = (): void => {
          if (!pattern.test(printed.output)) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
      }),
  };
}
