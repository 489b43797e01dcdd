import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import type { ReadStream } from "node:tty";

import { CommandProblem } from "./problem.js";

/** Why a person gets no token, in one line. */
export class LoginProblem extends CommandProblem {
  override readonly name = "LoginProblem";
}

/** A terminal, or a pipe. */
export type PasswordInput = NodeJS.ReadableStream & Partial<Pick<ReadStream, "isTTY">>;

/**
 * Asks for a password without echoing it; if the input is no terminal, its first line is the password.
 *
 * @param output where the prompt goes
 * @throws LoginProblem if there is no password, or the prompt is interrupted
 */
export async function askPassword(input: PasswordInput, output: NodeJS.WritableStream): Promise<string> {
  const isTerminal = input.isTTY === true;
  // Readline edits the line, and echoes it to this stream.
  const silent = new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  });
  const lines = createInterface({ input, output: silent, terminal: isTerminal });
  // Only once the terminal has stopped echoing: some type fast.
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

/** @returns "" if the input ends, or is interrupted, before its first line does */
function firstLine(lines: ReturnType<typeof createInterface>): Promise<string> {
  return new Promise((resolve) => {
    lines.once("line", resolve);
    for (const end of ["close", "SIGINT"])
      lines.once(end, () => {
        resolve("");
      });
  });
}
