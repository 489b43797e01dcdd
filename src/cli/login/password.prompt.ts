import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import type { ReadStream } from "node:tty";

import { LoginProblem } from "./login.problem.js";

/** Where the password comes from: a terminal, or what is piped in. */
export type PasswordInput = NodeJS.ReadableStream & Partial<Pick<ReadStream, "isTTY">>;

/**
 * Asks for a password without showing it; where the input is no terminal, its first line is the password.
 *
 * @param output where the question goes, apart from what the command prints
 * @throws LoginProblem where there is no password, or whoever is asked gives up
 */
export async function askPassword(input: PasswordInput, output: NodeJS.WritableStream): Promise<string> {
  const isTerminal = input.isTTY === true;
  // Readline edits the line, and echoes it to where nobody sees it.
  const silent = new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  });
  const lines = createInterface({ input, output: silent, terminal: isTerminal });
  // Not before the terminal has stopped echoing: some type fast.
  if (isTerminal) output.write("Password: ");
  try {
    const password = await firstLine(lines);
    if (password === "") throw new LoginProblem("a password is needed");
    return password;
  } finally {
    lines.close();
    if (isTerminal) output.write("\n");
  }
}

/** @returns "" where the input ends, or is interrupted, before there is a line */
function firstLine(lines: ReturnType<typeof createInterface>): Promise<string> {
  return new Promise((resolve) => {
    lines.once("line", resolve);
    for (const end of ["close", "SIGINT"])
      lines.once(end, () => {
        resolve("");
      });
  });
}
