import { parseArgs } from "node:util";

import { accountIdPattern } from "../lib/index.js";
import type { LookupContext } from "../upstream/http/index.js";
import type { LoginApi } from "../upstream/api/index.js";
import { UpstreamError } from "../upstream/http/index.js";
import { explainLoginRefusal, LoginProblem } from "./login/index.js";

/** What is asked for on the command line. */
export interface LoginArguments {
  readonly accountId: string;
  readonly username: string;
  /** Whether to print a line for Sandbox's header field instead of the bare token. */
  readonly asHeader: boolean;
}

const usage = "use token --account ACCOUNT --username USER [--header]";

/** @throws LoginProblem with the usage */
export function readLoginArguments(args: readonly string[]): LoginArguments {
  const { account = "", username = "", header = false } = valuesOf(args);
  if (!accountIdPattern.test(account)) {
    throw new LoginProblem(`--account must be 1 to 20 letters, digits or underscores: ${usage}`);
  }
  if (username === "") throw new LoginProblem(`--username is needed: ${usage}`);
  return { accountId: account, username, asHeader: header };
}

/**
 * Logs in.
 *
 * @returns what to print: the token, or the header line
 * @throws LoginProblem
 */
export async function logIn(
  login: LoginApi,
  context: LookupContext,
  { accountId, username, asHeader }: LoginArguments,
  password: string,
): Promise<string> {
  try {
    const bearer = await login.login(context, accountId, { username, password });
    return asHeader ? `Authorization: Bearer ${bearer}` : bearer;
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    throw new LoginProblem(explainLoginRefusal(error), { cause: error });
  }
}

function valuesOf(args: readonly string[]) {
  const string = { type: "string" } as const;
  const options = { account: string, username: string, header: { type: "boolean" } } as const;
  try {
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch (cause) {
    throw new LoginProblem(usage, { cause });
  }
}
