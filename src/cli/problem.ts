/** What stops a command, in words for people: each line is printed, and no stack. */
export class CommandProblem extends Error {
  override readonly name: string = "CommandProblem";
}

/** What is wrong with a file, in the form that editors and CI systems find places by: `file:line: message`. */
export class FileProblem extends CommandProblem {
  override readonly name = "FileProblem";
}
