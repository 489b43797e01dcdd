/** What on the command line makes no sense, in one line. */
export class UsageProblem extends Error {
  override readonly name = "UsageProblem";

  constructor(message: string, options?: ErrorOptions) {
    super(`${message}: --help says what there is`, options);
  }
}
