import { randomUUID } from "node:crypto";

import type { Config } from "../config/index.js";
import { accountIdPattern, accountIdRule } from "../lib/index.js";
import { createLogger } from "../observability/index.js";
import type { LoginApi } from "../upstream/api/index.js";
import { UpstreamError, withDeadline } from "../upstream/http/index.js";
import type { LookupContext } from "../upstream/http/index.js";
import { connectLogin } from "../upstream/index.js";
import { askPassword, LoginProblem } from "./password-prompt.js";
import { CommandProblem } from "./problem.js";
import type { TokenArguments } from "./program.js";
import type { Terminal } from "./terminal.js";

/** Logs a person in and prints the bearer token, and nothing else, on standard output. */
export async function printToken(
  config: Config,
  { account, username, header = false }: TokenArguments,
  terminal: Terminal,
): Promise<void> {
  const bearer = await askAndLogIn(config, { accountId: account, username }, terminal);
  terminal.output.write(header ? `Authorization: Bearer ${bearer}\n` : `${bearer}\n`);
}

/** Who logs in. */
export interface Login {
  readonly accountId: string;
  readonly username: string;
}

/**
 * Asks for the password and logs in.
 *
 * @returns the bearer token
 * @throws LoginProblem
 */
export async function askAndLogIn(config: Config, login: Login, terminal: Terminal): Promise<string> {
  requireUsable(config, login);
  const password = await askPassword(terminal.input, terminal.errors);
  const { login: api, close } = connectLogin({ config, logger: createLogger({ logLevel: "silent" }) });
  const requestId = randomUUID();
  try {
    return await withDeadline(config.upstreamTimeoutMs, (signal) =>
      logIn(api, { requestId, signal }, login, password),
    );
  } finally {
    await close();
  }
}

/** @throws CommandProblem where the account's id is none, or the upstream is the built-in emulator, which is not running */
export function requireUsable({ upstream }: Config, { accountId }: Pick<Login, "accountId">): void {
  if (!accountIdPattern.test(accountId)) throw new CommandProblem(`--account must be ${accountIdRule}`);
  if (upstream.kind !== "emulator") return;
  throw new CommandProblem(
    "set UPSTREAM to `liveperson`, or to the origin that the command `emulator` prints: the built-in emulator only runs inside the gateway",
  );
}

/**
 * Logs in.
 *
 * @returns the bearer token
 * @throws LoginProblem
 */
export async function logIn(
  api: LoginApi,
  context: LookupContext,
  { accountId, username }: Login,
  password: string,
): Promise<string> {
  try {
    return await api.login(context, accountId, { username, password });
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    throw new LoginProblem(explainLoginRefusal(error), { cause: error });
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
