import { readCommandLine, UsageProblem } from "../../src/cli/command-line.js";
import { helpText } from "../../src/cli/help.js";

const login = ["--account", "1", "--username", "u"];

describe("the command line", () => {
  it.each([
    [[], { action: "serve", args: [] }],
    [["serve"], { action: "serve", args: [] }],
    [["emulator"], { action: "emulator", args: [] }],
    [["schema"], { action: "schema", args: [] }],
    [["token", ...login], { action: "token", args: login }],
    [["token", "--unknown"], { action: "token", args: ["--unknown"] }],
    [["--help"], { action: "help" }],
    [["-h"], { action: "help" }],
    [["token", "--help"], { action: "help" }],
    [["--version"], { action: "version" }],
    [["-v"], { action: "version" }],
    [["--print-config"], { action: "print-config" }],
    [["emulator", "--print-config"], { action: "print-config" }],
  ])("reads %j", (words, asked) => {
    expect(readCommandLine(words)).toMatchObject(asked);
  });

  it.each([
    [["dance"], /^unknown command dance; see --help/],
    [["--dance"], /'--dance'; see --help/],
    [["serve", "--dance"], /'--dance'; see --help/],
    [["schema", "dance"], /'dance'; see --help/],
    [["--help=dance"], /--help' does not take an argument; see --help/],
  ])("refuses %j in one line", (words, message) => {
    const read = (): unknown => readCommandLine(words);
    expect(read).toThrow(UsageProblem);
    expect(read).toThrow(message);
  });
});

describe("the help", () => {
  it("names the commands, the options, and variables with their defaults", () => {
    const text = helpText();
    for (const word of ["serve", "emulator", "token", "schema", "--print-config"])
      expect(text).toContain(word);
    expect(text).toMatch(/^ {2}PORT \(4000\)\n +The port/m);
    expect(text).toMatch(/^ {2}UPSTREAM \(emulator; in production must be set\)\n/m);
    expect(text).not.toContain("undefined");
  });
});
