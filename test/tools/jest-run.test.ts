import { resolve } from "node:path";

import { judge } from "../../tools/scorecard/jest-run.js";
import type { JestResults } from "../../tools/scorecard/jest-run.js";

const results: JestResults = {
  numPassedTests: 10,
  numFailedTests: 0,
  numRuntimeErrorTestSuites: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [{ name: resolve("test/a.test.ts"), status: "passed" }],
};
const testResults = [...results.testResults, { name: resolve("test/b.test.ts"), status: "failed" }];

describe("a run of tests", () => {
  it("passes where all of them pass", () => {
    expect(judge(results, 0)).toEqual({ passed: true, result: "10 passed, 0 failed" });
  });

  it.each([
    ["one fails", { numFailedTests: 1, testResults }, "10 passed, 1 failed (test/b.test.ts)"],
    [
      "a file cannot run",
      { numRuntimeErrorTestSuites: 1, testResults },
      "10 passed, 1 failed (test/b.test.ts)",
    ],
    ["one is skipped", { numPendingTests: 1 }, "10 passed, 0 failed, 1 skipped"],
    ["one is still to be written", { numTodoTests: 1 }, "10 passed, 0 failed, 1 skipped"],
    ["there are none", { numPassedTests: 0 }, "0 passed, 0 failed"],
  ])("fails where %s", (_case, counts, result) => {
    expect(judge({ ...results, ...counts }, 0)).toEqual({ passed: false, result });
  });

  it("fails where Jest does, whatever it counted", () => {
    expect(judge(results, 1).passed).toBe(false);
  });
});
