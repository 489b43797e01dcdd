import { parseArgs } from "node:util";

const commandNames = ["serve", "emulator", "token", "schema"] as const;

/** Options that replace the command. */
const options = {
  help: { type: "boolean", short: "h" },
  version: { type: "boolean", short: "v" },
  "print-config": { type: "boolean" },
} as const;

type CommandName = (typeof commandNames)[number];

/** What the command line asks for. */
export type Action = CommandName | keyof typeof options;

/** The command line, read. */
export interface CommandLine {
  readonly action: Action;
  /** What follows the command's name. */
  readonly args: readonly string[];
}

/** What is wrong with the command line, in one line. */
export class UsageProblem extends Error {
  override readonly name = "UsageProblem";

  constructor(message: string, options?: ErrorOptions) {
    super(`${message}; see --help`, options);
  }
}

/**
 * Reads `[command] [option]`, the words after the program's name.
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
    // `token` checks its other arguments itself.
    const { values } = parseArgs({ args: [...args], options, strict: command !== "token" });
    return (["help", "version", "print-config"] as const).find((name) => values[name]);
  } catch (cause) {
    const [problem = ""] = (cause as Error).message.split(". ");
    throw new UsageProblem(problem, { cause });
  }
}
