export { readCommandLine } from "./command-line.js";
export type { Action } from "./command-line.js";
export { emulate } from "./emulator.command.js";
export { helpText } from "./help.js";
export { LoginProblem } from "./login/index.js";
export { serve } from "./serve.command.js";
export { printToken } from "./token.command.js";
export { UsageProblem } from "./usage.problem.js";
export { readVersion } from "./version.js";
