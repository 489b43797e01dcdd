import { relative } from "node:path";

import type { Finding } from "./card.js";
import { runForResults } from "./command.js";

/** The part of Jest's `--json` output that is used. */
export interface JestResults {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  /** Files that could not be run at all. */
  readonly numRuntimeErrorTestSuites: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  /** One for each file. */
  readonly testResults: readonly { readonly name: string; readonly status: string }[];
}

/**
 * Runs tests and counts their results.
 *
 * @param command starts Jest, and takes its options at the end
 * @throws if Jest wrote no results
 */
export async function runTests(file: string, command: readonly string[]): Promise<Finding> {
  const { exitCode, results } = await runForResults(file, (resultsFile) => [
    ...command,
    "--ci",
    "--json",
    `--outputFile=${resultsFile}`,
  ]);
  return judge(results as JestResults, exitCode);
}

/** A skipped test does not count as passed. */
export function judge(results: JestResults, exitCode: number): Finding {
  const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
  const skipped = results.numPendingTests + results.numTodoTests;
  const files = results.testResults.filter(({ status }) => status === "failed");
  const where = files.map(({ name }) => relative(process.cwd(), name)).join(", ");
  const counts = [
    `${results.numPassedTests} passed`,
    `${failed} failed${where && ` (${where})`}`,
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ];
  return {
    passed: exitCode === 0 && results.numPassedTests > 0 && failed + skipped === 0,
    result: counts.join(", "),
  };
}
