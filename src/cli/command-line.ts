import { parseArgs } from "node:util";

import { UsageProblem } from "./usage.problem.js";

const commandNames = ["serve", "emulator", "token", "schema"] as const;

/** Options that are done instead of the command. */
const options = {
  help: { type: "boolean", short: "h" },
  version: { type: "boolean", short: "v" },
  "print-config": { type: "boolean" },
} as const;

type CommandName = (typeof commandNames)[number];

/** What there is to do. */
export type Action = CommandName | keyof typeof options;

/** What is asked for on the command line. */
export interface CommandLine {
  readonly action: Action;
  /** What follows the command's name. */
  readonly args: readonly string[];
}

/**
 * Reads `[command] [option]`, as they follow the program's name.
 *
 * @throws UsageProblem
 */
export function readCommandLine(words: readonly string[]): CommandLine {
  const [first = "serve", ...rest] = words;
  const isNamed = !first.startsWith("-");
  const command = commandNames.find((name) => name === (isNamed ? first : "serve"));
  if (command === undefined) throw new UsageProblem(`unknown command ${first}`);
  const args = isNamed ? rest : words;
  return { action: optionIn(args, command) ?? command, args };
}

function optionIn(args: readonly string[], command: CommandName): keyof typeof options | undefined {
  try {
    // The other arguments of `token` are its own to check.
    const { values } = parseArgs({ args: [...args], options, strict: command !== "token" });
    return (["help", "version", "print-config"] as const).find((name) => values[name]);
  } catch (cause) {
    const [whatIsWrong = ""] = (cause as Error).message.split(". ");
    throw new UsageProblem(whatIsWrong, { cause });
  }
}
