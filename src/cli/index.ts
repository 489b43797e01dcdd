export { readCommandLine, UsageProblem } from "./command-line.js";
export type { Action } from "./command-line.js";
export { helpText, readVersion } from "./help.js";
export { LoginProblem } from "./password-prompt.js";
export { emulate, serve } from "./serve.command.js";
export { printToken } from "./token.command.js";
