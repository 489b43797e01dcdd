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

/** A text is what there is to print. */
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

// A reader that has gone or a full disk is no reason to end: what was to be printed is lost, and that is all.
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

/** What the system says, such as that a port is taken, is for people; anything else is for us. */
function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isForPeople = "syscall" in error || error instanceof LoginProblem || error instanceof UsageProblem;
  return isForPeople ? error.message : (error.stack ?? error.message);
}
