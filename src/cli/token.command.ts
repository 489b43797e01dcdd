import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";

import type { Config } from "../config/index.js";
import { accountIdPattern, accountIdRule } from "../lib/index.js";
import { createLogger } from "../observability/index.js";
import type { LoginApi } from "../upstream/api/index.js";
import { UpstreamError, withDeadline } from "../upstream/http/index.js";
import type { LookupContext } from "../upstream/http/index.js";
import { connectLogin } from "../upstream/index.js";
import { askPassword, LoginProblem } from "./password-prompt.js";

/** Logs a person in and prints the bearer token, and nothing else, on standard output. */
export async function printToken(config: Config, words: readonly string[]): Promise<void> {
  const args = readLoginArguments(words);
  if (config.upstream.kind === "emulator") {
    throw new LoginProblem(
      "set UPSTREAM to `liveperson`, or to the origin that the command `emulator` prints: the built-in emulator only runs inside the gateway",
    );
  }
  const password = await askPassword(process.stdin, process.stderr);
  const { login, close } = connectLogin({ config, logger: createLogger({ logLevel: "silent" }) });
  const requestId = randomUUID();
  const line = await withDeadline(config.upstreamTimeoutMs, (signal) =>
    logIn(login, { requestId, signal }, args, password),
  );
  process.stdout.write(`${line}\n`);
  await close();
}

/** The arguments of the command `token`. */
export interface LoginArguments {
  readonly accountId: string;
  readonly username: string;
  /** Whether to print a header line, as Sandbox takes it, instead of the token. */
  readonly asHeader: boolean;
}

const usage = "use token --account ACCOUNT --username USER [--header]";

/** @throws LoginProblem with the usage */
export function readLoginArguments(args: readonly string[]): LoginArguments {
  const { account = "", username = "", header = false } = valuesOf(args);
  if (!accountIdPattern.test(account)) {
    throw new LoginProblem(`--account must be ${accountIdRule}: ${usage}`);
  }
  if (username === "") throw new LoginProblem(`--username is needed: ${usage}`);
  return { accountId: account, username, asHeader: header };
}

/**
 * Logs in.
 *
 * @returns the token, or the header line
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

/** The statuses that have a meaning of their own at login. */
const meanings: Readonly<Record<number, string>> = {
  400: "the login service did not understand the request (400): check the account and the user name",
  401: "the user name or the password is wrong, or the user belongs to another account (401)",
  451: "the user may not log in (451): ask the account's administrator to unlock it",
};

/** Says in one line why there is no token. */
function explainLoginRefusal(error: UpstreamError): string {
  const { status, operation, fault, retryAfterSeconds } = error;
  if (operation.service === "domain" || status === undefined)
    return `${whereOf(operation.service)} ${reasonOf(error)}`;
  if (fault === "invalid-response") return `the login service's response could not be understood (${status})`;
  if (status === 429)
    return `too many logins (429): try again in ${retryAfterSeconds ?? 0} seconds at the earliest`;
  return meanings[status] ?? `the login service failed (${status})`;
}

function whereOf(service: UpstreamError["operation"]["service"]): string {
  return service === "domain" ? "the login host could not be found:" : "the login service could not be used:";
}

function reasonOf({ explanation, fault, status }: UpstreamError): string {
  if (explanation !== undefined) return explanation.replace(/\.$/, "");
  return fault + (status === undefined ? "" : ` (${status})`);
}
