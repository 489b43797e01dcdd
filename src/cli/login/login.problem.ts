/** What keeps a person from a token, in one line. */
export class LoginProblem extends Error {
  override readonly name = "LoginProblem";
}
