import { settingsHelp } from "../../src/cli/help.js";
import { runProgram, UsageProblem } from "../../src/cli/program.js";
import type { Commands } from "../../src/cli/program.js";

const login = ["--account", "1", "--username", "u"];

/** Runs the program with commands that only note that they were called. */
async function run(...words: string[]) {
  const called: unknown[][] = [];
  const printed = { output: "", errors: "" };
  const command =
    (name: string) =>
    (...args: unknown[]): Promise<number> => {
      called.push([name, ...args]);
      return Promise.resolve(0);
    };
  const commands: Commands = {
    serve: command("serve"),
    emulator: command("emulator"),
    token: command("token"),
    schema: command("schema"),
    printConfig: command("print-config"),
  };
  const output = {
    writeOut: (text: string) => void (printed.output += text),
    writeErr: (text: string) => void (printed.errors += text),
  };
  const exitCode = await runProgram(words, commands, output, () => Promise.resolve(settingsHelp()));
  return { called, exitCode, ...printed };
}

describe("the command line", () => {
  it.each([
    [[], ["serve"]],
    [["serve"], ["serve"]],
    [["emulator"], ["emulator"]],
    [["schema"], ["schema"]],
    [
      ["token", ...login, "--header"],
      ["token", { account: "1", username: "u", header: true }],
    ],
    [["--print-config"], ["print-config"]],
    [["emulator", "--print-config"], ["print-config"]],
  ] as [string[], unknown[]][])("runs %j", async (words, call) => {
    expect(await run(...words)).toEqual({ called: [call], exitCode: 0, output: "", errors: "" });
  });

  it.each([
    [["dance"], "unknown command 'dance'; see --help"],
    [["emulater"], "unknown command 'emulater' (Did you mean emulator?); see --help"],
    [["--dance"], "unknown option '--dance'; see --help"],
    [["serve", "--dance"], "unknown option '--dance'; see serve --help"],
    [["schema", "dance"], /^too many arguments for 'schema'[^\n]*; see schema --help$/],
    [["token", ...login, "--password=hush"], "unknown option '--password'; see token --help"],
    [["token"], "required option '--account <account>' not specified; see token --help"],
    [["token", "--account", "1"], "required option '--username <user>' not specified; see token --help"],
  ] as [string[], string | RegExp][])("refuses %j in one line", async (words, message) => {
    const refused = run(...words);
    await expect(refused).rejects.toBeInstanceOf(UsageProblem);
    await expect(refused).rejects.toThrow(message);
    const error = await refused.catch((problem: unknown) => problem as Error);
    expect((error as Error).message).not.toMatch(/\n|hush/);
  });
});

describe("the help", () => {
  it.each([["--help"], ["-h"], ["help"]])(
    "for %s names the commands, the options, and variables with their defaults",
    async (word) => {
      const { output, called, exitCode } = await run(word);
      for (const name of ["serve", "emulator", "token", "schema", "--print-config", "--version"])
        expect(output).toContain(name);
      expect(output).toMatch(/^ {2}PORT \(4000\)\n +The port/m);
      expect(output).toMatch(/^ {2}UPSTREAM \(emulator; in production must be set\)\n/m);
      expect(output).not.toContain("undefined");
      expect([called, exitCode]).toEqual([[], 0]);
    },
  );

  it.each([
    [["token", "--help"], "--username <user>"],
    [["help", "token"], "--account <account>"],
  ])("of a command is there: %j", async (words, text) => {
    const { output, called, exitCode } = await run(...words);
    expect(output).toContain(text);
    expect([called, exitCode]).toEqual([[], 0]);
  });

  it.each([["--version"], ["-v"]])("%s prints the version alone", async (word) => {
    const { output, exitCode } = await run(word);
    expect(output).toMatch(/^\d+\.\d+\.\d+[^\n]*\n$/);
    expect(exitCode).toBe(0);
  });
});
