#!/usr/bin/env node
import { processTerminal, runCommandLine } from "./cli/index.js";

// A closed pipe or a full disk does not end the process; what was to be printed is lost.
for (const output of [process.stdout, process.stderr]) output.on("error", () => undefined);

const exitCode = await runCommandLine(process.argv.slice(2), processTerminal, process.env);
// What failed may leave connections open. What succeeded ends when nothing is left to do: a server does not yet.
if (exitCode === 1) process.exit(exitCode);
process.exitCode = exitCode;
