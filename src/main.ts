#!/usr/bin/env node
import { readCommandLine } from "./cli/command-line.js";
import type { Action } from "./cli/command-line.js";
import { emulate } from "./cli/emulator.command.js";
import { helpText } from "./cli/help.js";
import { serve } from "./cli/serve.command.js";
import { printToken } from "./cli/token.command.js";
import { UsageProblem } from "./cli/usage.problem.js";
import { readVersion } from "./cli/version.js";
import { ConfigError, readConfig } from "./config/config.js";
import { describeConfig } from "./config/describe-config.js";
import { printSubgraphSdl } from "./graphql/schema.js";
import { LoginProblem } from "./cli/login/login.problem.js";

/** A text is what there is to print. */
type Run = (args: readonly string[]) => Promise<void> | string;

const actions: Readonly<Record<Action, Run>> = {
  serve: () => serve(readConfig(process.env)),
  emulator: () => emulate(readConfig(process.env)),
  token: (args) => printToken(readConfig(process.env), args),
  schema: printSubgraphSdl,
  help: helpText,
  version: () => `${readVersion()}\n`,
  "print-config": () => `${JSON.stringify(describeConfig(readConfig(process.env)), null, 2)}\n`,
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
