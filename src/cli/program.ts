import { Command, CommanderError, Option } from "commander";

import type { Flags } from "../config/index.js";
import { packageVersion } from "../package-version.js";
import { CommandProblem } from "./problem.js";
import { fileFormats, separatorNames } from "./reasons.arguments.js";
import type { ApplyArguments, ExportArguments, PlanArguments } from "./reasons.arguments.js";

/** What is wrong with the command line, in one line. */
export class UsageProblem extends CommandProblem {
  override readonly name = "UsageProblem";
}

/** The arguments of the command `token`. */
export interface TokenArguments {
  readonly account: string;
  readonly username: string;
  /** Whether to print a header line, as Sandbox takes it, instead of the token. */
  readonly header?: boolean;
}

/** The arguments of the command `schema`. */
export interface SchemaArguments {
  /** Whether to print it as clients see it, without federation's directives. */
  readonly api?: boolean;
}

/** What the program can do. Each resolves with the process's exit code. */
export interface Commands {
  /** @param flags the settings that options give */
  serve(flags: Flags): Promise<number>;
  emulator(flags: Flags): Promise<number>;
  token(args: TokenArguments): Promise<number>;
  schema(args: SchemaArguments): Promise<number>;
  printConfig(flags: Flags): Promise<number>;
  exportReasons(args: ExportArguments): Promise<number>;
  planReasons(args: PlanArguments): Promise<number>;
  applyReasons(args: ApplyArguments): Promise<number>;
}

/** Where the program's own texts go, such as the help. */
export interface ProgramOutput {
  readonly writeOut: (text: string) => void;
  readonly writeErr: (text: string) => void;
}

/**
 * Reads `[command] [option]`, the words after the program's name, and runs the command; `serve` if none is named.
 *
 * @param settingsHelp what the help says about the settings
 * @returns the exit code
 * @throws UsageProblem, and what the command throws
 */
export async function runProgram(
  words: readonly string[],
  commands: Commands,
  output: ProgramOutput,
  settingsHelp: () => Promise<string>,
): Promise<number> {
  const helpWords: readonly string[] = ["help", "-h", "--help"];
  // Commander asks for it when it prints, and cannot wait.
  const settings = words.some((word) => helpWords.includes(word)) ? await settingsHelp() : "";
  const run: { exitCode: number } = { exitCode: 0 };
  const program = createProgram(commands, output, settings, (exitCode) => {
    run.exitCode = exitCode;
  });
  try {
    await program.parseAsync(withCommand(words), { from: "user" });
    return run.exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // It has printed the help or the version.
    if (error.code.startsWith("commander.help") || error.code === "commander.version") return error.exitCode;
    throw new UsageProblem(`${plain(error.message)}; see ${namedIn(words, program)}--help`, { cause: error });
  }
}

function createProgram(
  commands: Commands,
  output: ProgramOutput,
  settingsHelp: string,
  onEnd: (exitCode: number) => void,
): Command {
  const program = new Command("status-reason-gateway")
    .description(
      `status-reason-gateway ${packageVersion()}: a GraphQL gateway over LivePerson's Agent Status Reason API`,
    )
    .usage("[command] [option]")
    .exitOverride()
    .configureOutput({ ...output, outputError: () => undefined })
    .configureHelp({ showGlobalOptions: true })
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "print the help of a command")
    .version(packageVersion(), "-v, --version", "print the version")
    .option(
      "--print-config",
      "print every setting as JSON, instead of the command: its value, where that comes from, its default, its meaning",
    );
  /** An action that `--print-config` replaces. */
  const act =
    <Args extends unknown[]>(
      work: (...args: Args) => Promise<number>,
      flagsOf: (...args: Args) => Flags = () => ({}),
    ) =>
    async (...args: Args): Promise<void> => {
      const { printConfig } = program.opts<{ printConfig?: boolean }>();
      onEnd(await (printConfig ? commands.printConfig(flagsOf(...args)) : work(...args)));
    };

  const serving = (name: string, portSetting: string, work: (flags: Flags) => Promise<number>): Command => {
    const flagsOf = ({ host, port }: ListenOptions): Flags => ({
      ...(host !== undefined && { HOST: host }),
      ...(port !== undefined && { [portSetting]: port }),
    });
    return program
      .command(name)
      .option("--host <host>", "the address to listen on, in place of HOST")
      .option("--port <port>", `the port to listen on, in place of ${portSetting}; 0 takes any free one`)
      .action(act((options: ListenOptions) => work(flagsOf(options)), flagsOf));
  };
  serving("serve", "PORT", (flags) => commands.serve(flags)).description(
    "serve GraphQL; this is the default",
  );
  serving("emulator", "EMULATOR_PORT", (flags) => commands.emulator(flags)).description(
    "serve the emulator of the upstream, without a gateway",
  );
  program
    .command("token")
    .description("log in and print a bearer token; asks for the password, or reads it from standard input")
    .addOption(accountOption())
    .requiredOption("--username <user>", "who logs in")
    .option("--header", "print a header line, as Apollo Sandbox takes it")
    .action(act((args: TokenArguments) => commands.token(args)));
  program
    .command("schema")
    .description("print the GraphQL schema, as a Federation 2 subgraph")
    .option("--api", "print it as clients see it, without federation's directives")
    .action(act((args: SchemaArguments) => commands.schema(args)));
  addReasons(program, commands, act);
  return program.addHelpText("after", () => settingsHelp);
}

/** Where to listen. */
interface ListenOptions {
  readonly host?: string;
  readonly port?: string;
}

type Act = <Args extends unknown[]>(
  work: (...args: Args) => Promise<number>,
) => (...args: Args) => Promise<void>;

function addReasons(program: Command, commands: Commands, act: Act): void {
  const reasons = program
    .command("reasons")
    .description("keep an account's status reasons in a file: export, plan, apply")
    .addHelpText("after", reasonsHelp);
  const formatOption = () =>
    new Option("--format <format>", "the file's format; if it is left out, its extension says it").choices(
      fileFormats,
    );

  reasons
    .command("export")
    .description("write an account's reasons to a file")
    .addOption(accountOption())
    .addOption(usernameOption())
    .addOption(formatOption())
    .option("--output <file>", "where to write; - is standard output", "-")
    .option("--with-ids", "write the ids too, which another account does not have")
    .addOption(
      new Option("--separator <separator>", "between the columns of CSV")
        .choices(separatorNames)
        .default("comma"),
    )
    .action(act((args: ExportArguments) => commands.exportReasons(args)));

  const forFile = (name: string, description: string) =>
    reasons
      .command(name)
      .description(description)
      .argument("<file>", "the reasons as they are to be; - is standard input")
      .addOption(accountOption())
      .addOption(usernameOption())
      .addOption(formatOption())
      .option("--delete-others", "delete the reasons that are not in the file")
      .option("--confirm-delete-all", "confirms that a file without reasons deletes all of them")
      .option("--json", "print JSON for machines");

  forFile("plan", "show what would be done to make an account's reasons like a file's")
    .addHelpText("after", "\nExit codes: 0 no changes, 2 changes, 1 failed.\n")
    .action(
      act((file: string, args: Omit<PlanArguments, "file">) => commands.planReasons({ ...args, file })),
    );
  forFile("apply", "make an account's reasons like a file's: shows the plan, asks, and does it")
    .option("--yes", "do not ask; needed where there is no terminal")
    .addHelpText(
      "after",
      "\nExit codes: 0 done or nothing to do, 1 failed or interrupted, some of it perhaps done.\n",
    )
    .action(
      act((file: string, args: Omit<ApplyArguments, "file">) => commands.applyReasons({ ...args, file })),
    );
}

const reasonsHelp = `
Who calls the upstream, the first of these that is given:
  --username USER   log in; the password comes from the terminal, or is the first line of standard input
  LP_BEARER_TOKEN   a bearer token; or a file with one, in LP_BEARER_TOKEN_FILE
  CREDENTIALS       oauth2 or oauth1, with the client's or the key's LP_… settings (docs/configuration.md)

UPSTREAM says where the upstream is. docs/recipes/reasons-as-code.md has files and pipelines.
`;

function accountOption(): Option {
  return new Option("--account <account>", "the account's id").makeOptionMandatory();
}

function usernameOption(): Option {
  return new Option("--username <user>", "log in as this user");
}

/** The words with the command's name in front. */
function withCommand(words: readonly string[]): string[] {
  const [first] = words;
  const replacesCommand = ["-h", "--help", "-v", "--version"].includes(first ?? "");
  return first === undefined || (first.startsWith("-") && !replacesCommand)
    ? ["serve", ...words]
    : [...words];
}

/** The name of the command that the words are about, with a space behind it. */
function namedIn(words: readonly string[], program: Command): string {
  let [named, path] = [program, ""];
  for (const word of words) {
    const inner = named.commands.find((command) => command.name() === word);
    if (inner === undefined) break;
    named = inner;
    path += `${word} `;
  }
  return path;
}

/** Commander's message in one line. Values are left out: one could be a secret that was given by mistake. */
function plain(message: string): string {
  return message
    .replace(/^error: /, "")
    .replace(/(unknown option '--[^'=]*)=[^]*?'/, "$1'")
    .replaceAll(/\s*\n\s*/g, " ")
    .trim()
    .replace(/\.$/, "");
}
