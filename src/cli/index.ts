// What is loaded for every command, also for --version: it imports the commands when they run.
export { runCommandLine } from "./command-line.js";
export { processTerminal } from "./terminal.js";
