#!/usr/bin/env node
import {
  emulate,
  helpText,
  LoginProblem,
  printToken,
  readCommandLine,
  readVersion,
  serve,
  UsageProblem,
} from "./cli/index.js";
import type { Action } from "./cli/index.js";
import { ConfigError, explainConfig, readConfig } from "./config/index.js";
import { printSubgraphSdl } from "./graphql/index.js";

/** A returned text is printed. */
type Run = (args: readonly string[]) => Promise<void> | string;

const actions: Readonly<Record<Action, Run>> = {
  serve: () => serve(readConfig(process.env)),
  emulator: () => emulate(readConfig(process.env)),
  token: (args) => printToken(readConfig(process.env), args),
  schema: printSubgraphSdl,
  help: helpText,
  version: () => `${readVersion()}\n`,
  "print-config": () => `${JSON.stringify(explainConfig(process.env), null, 2)}\n`,
};

// A closed pipe or a full disk does not end the process; what was to be printed is lost.
for (const output of [process.stdout, process.stderr]) output.on("error", () => undefined);

try {
  const { action, args } = readCommandLine(process.argv.slice(2));
  const text = await actions[action](args);
  if (text !== undefined) process.stdout.write(text);
} catch (error) {
  const problems = error instanceof ConfigError ? error.problems : [describeFailure(error)];
  for (const problem of problems) process.stderr.write(`status-reason-gateway: ${problem}\n`);
  process.exit(1);
}

/** System errors, such as a port in use, and problems of the user's need no stack; all others do. */
function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isForPeople = "syscall" in error || error instanceof LoginProblem || error instanceof UsageProblem;
  return isForPeople ? error.message : (error.stack ?? error.message);
}
