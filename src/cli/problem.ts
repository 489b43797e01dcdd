/** What stops a command, in words for people: each line is printed, and no stack. */
export class CommandProblem extends Error {
  override readonly name: string = "CommandProblem";
}
