import { settingsHelp } from "../../src/cli/help.js";
import { runProgram, UsageProblem } from "../../src/cli/program.js";
import type { Commands } from "../../src/cli/program.js";

const login = ["--account", "1", "--username", "u"];

/** Runs the program with commands that only note that they were called. */
async function run(...words: string[]) {
  const called: unknown[][] = [];
  const printed = { output: "", errors: "" };
  const command =
    (name: string, exitCode = 0) =>
    (...args: unknown[]): Promise<number> => {
      called.push([name, ...args]);
      return Promise.resolve(exitCode);
    };
  const commands: Commands = {
    serve: command("serve"),
    emulator: command("emulator"),
    token: command("token"),
    schema: command("schema"),
    printConfig: command("print-config"),
    exportReasons: command("export"),
    planReasons: command("plan", 2),
    applyReasons: command("apply"),
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
    [[], ["serve", {}]],
    [["serve"], ["serve", {}]],
    [["emulator"], ["emulator", {}]],
    [
      ["--port", "5000", "--host=::"],
      ["serve", { PORT: "5000", HOST: "::" }],
    ],
    [
      ["emulator", "--port", "0"],
      ["emulator", { EMULATOR_PORT: "0" }],
    ],
    [["schema"], ["schema", {}]],
    [
      ["schema", "--api"],
      ["schema", { api: true }],
    ],
    [
      ["token", ...login, "--header"],
      ["token", { account: "1", username: "u", header: true }],
    ],
    [["--print-config"], ["print-config", {}]],
    [
      ["emulator", "--print-config", "--port", ""],
      ["print-config", { EMULATOR_PORT: "" }],
    ],
    [
      ["schema", "--print-config"],
      ["print-config", {}],
    ],
    [
      ["reasons", "export", "--account", "1"],
      ["export", { account: "1", output: "-", separator: "comma" }],
    ],
    [
      ["reasons", "export", "--account", "1", "--format", "csv", "--separator", "semicolon", "--with-ids"],
      ["export", { account: "1", output: "-", format: "csv", separator: "semicolon", withIds: true }],
    ],
    [
      ["reasons", "apply", "f.csv", ...login, "--delete-others", "--confirm-delete-all", "--yes", "--json"],
      [
        "apply",
        {
          file: "f.csv",
          account: "1",
          username: "u",
          deleteOthers: true,
          confirmDeleteAll: true,
          yes: true,
          json: true,
        },
      ],
    ],
  ] as [string[], unknown[]][])("runs %j", async (words, call) => {
    expect(await run(...words)).toEqual({ called: [call], exitCode: 0, output: "", errors: "" });
  });

  it("exits as the command says", async () => {
    const { called, exitCode } = await run("reasons", "plan", "-", "--account", "1");
    expect(called).toEqual([["plan", { file: "-", account: "1" }]]);
    expect(exitCode).toBe(2);
  });

  it.each([
    [["dance"], "unknown command 'dance'; see --help"],
    [["emulater"], "unknown command 'emulater' (Did you mean emulator?); see --help"],
    [["--dance"], "unknown option '--dance'; see --help"],
    [["--port"], "option '--port <port>' argument missing; see --help"],
    [["schema", "--port", "1"], "unknown option '--port'; see schema --help"],
    [["serve", "--dance"], "unknown option '--dance'; see serve --help"],
    [["schema", "dance"], /^too many arguments for 'schema'[^\n]*; see schema --help$/],
    [["token", ...login, "--password=hush"], "unknown option '--password'; see token --help"],
    [["token"], "required option '--account <account>' not specified; see token --help"],
    [["token", "--account", "1"], "required option '--username <user>' not specified; see token --help"],
    [["reasons", "paln"], "unknown command 'paln' (Did you mean plan?); see reasons --help"],
    [["reasons", "plan", "--account", "1"], "missing required argument 'file'; see reasons plan --help"],
    [
      ["reasons", "plan", "f", "--account", "1", "--delete-other"],
      "unknown option '--delete-other' (Did you mean --delete-others?); see reasons plan --help",
    ],
    [
      ["reasons", "export", "--account", "1", "--format", "xlsx"],
      /'xlsx' is invalid. Allowed choices are json, csv, yaml; see reasons export --help$/,
    ],
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
      for (const name of ["serve", "emulator", "token", "schema", "reasons", "--print-config", "--version"])
        expect(output).toContain(name);
      expect(output).toMatch(/^ {2}PORT \(4000\)\n +The port/m);
      expect(output).toMatch(/^ {2}UPSTREAM \(emulator; in production must be set\)\n/m);
      expect(output).not.toContain("undefined");
      expect([called, exitCode]).toEqual([[], 0]);
    },
  );

  it.each([
    [["token", "--help"], "--username <user>"],
    [["reasons", "--help"], "LP_BEARER_TOKEN"],
    [["reasons", "plan", "-h"], "Exit codes: 0 no changes, 2 changes, 1 failed."],
    [["help", "reasons"], "export"],
  ])("of a command is there: %j", async (words, text) => {
    const { output, called, exitCode } = await run(...words);
    expect(output).toContain(text);
    expect([called, exitCode]).toEqual([[], 0]);
  });

  it("is printed as a problem where a command of reasons is missing", async () => {
    const { errors, output, exitCode } = await run("reasons");
    expect(errors).toContain("plan");
    expect([output, exitCode]).toEqual(["", 1]);
  });

  it.each([["--version"], ["-v"]])("%s prints the version alone", async (word) => {
    const { output, exitCode } = await run(word);
    expect(output).toMatch(/^\d+\.\d+\.\d+[^\n]*\n$/);
    expect(exitCode).toBe(0);
  });
});
