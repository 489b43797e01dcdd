import { spawn } from "node:child_process";
import { statSync } from "node:fs";

import { killProcesses, watchProcess } from "../support/process.js";

const main = ["--import", "@swc-node/register/esm-register", "tools/scorecard/main.ts"];

describe("npm run tool -- scorecard --only", () => {
  afterEach(killProcesses);

  const writtenAt = () => statSync("docs/scorecard.md", { throwIfNoEntry: false })?.mtimeMs;
  const only = (names: string, env = process.env) =>
    watchProcess(spawn(process.execPath, [...main, "--only", names], { env }));

  it("measures the subjects named, and leaves the card alone", async () => {
    const before = writtenAt();
    const scorecard = only("composers,graphql-over-http");
    expect(await scorecard.exited).toBe(0);
    const lines = scorecard.output.stdout.trimEnd().split("\n");
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/^passed +GraphQL over HTTP: .*: 58 of 61 checks ok, 0 MUST failed \(/);
    expect(lines.every((line) => line.startsWith("passed"))).toBe(true);
    expect(writtenAt()).toBe(before);
  });

  it("fails where a line cannot be measured: here npm is not found", async () => {
    const scorecard = only("package", { PATH: "/nowhere" });
    expect(await scorecard.exited).toBe(1);
    expect(scorecard.output.stdout).toMatch(/^not measured +Package install: .*ENOENT/);
  });

  it("refuses a subject that there is not, and says which there are", async () => {
    const scorecard = only("composers,astrology");
    expect(await scorecard.exited).toBe(1);
    expect(scorecard.output).toEqual({
      stdout: "",
      stderr: expect.stringMatching(/^no subject is called astrology: there are .*batching/) as string,
    });
  });
});
