import { randomUUID } from "node:crypto";

import { connectLogin } from "../upstream/index.js";
import type { Config } from "../config/index.js";
import { createLogger } from "../observability/index.js";
import { logIn, readLoginArguments } from "./token.login.js";
import { askPassword, LoginProblem } from "./login/index.js";
import { withDeadline } from "../upstream/http/index.js";

/** Logs a person in and prints the bearer token: nothing else goes to standard output. */
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
