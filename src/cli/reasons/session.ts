import { randomBytes, randomUUID } from "node:crypto";

import { readConfig, withSettings } from "../../config/index.js";
import type { Config, Environment } from "../../config/index.js";
import { createLogger } from "../../observability/index.js";
import { StatusReasonWriter } from "../../status-reasons/index.js";
import type { StatusReasonList } from "../../upstream/api/index.js";
import { connectUpstream } from "../../upstream/index.js";
import { CommandProblem } from "../problem.js";
import type { AccountArguments } from "../reasons.arguments.js";
import type { Terminal } from "../terminal.js";
import { askAndLogIn, requireUsable } from "../token.command.js";
import { explainingErrors } from "./explain.js";
import { StepDeadline } from "./step-deadline.js";

/** Access to one account's reasons, without a gateway. */
export interface Session extends Pick<StatusReasonWriter, "applyDesiredState"> {
  readonly accountId: string;
  /** Lists the reasons that are not deleted. */
  list(): Promise<StatusReasonList>;
  /** Gives what is under way its whole time anew. */
  renewDeadline(): void;
}

/**
 * Connects to the upstream, does work on an account and disconnects. Errors of the upstream become problems in words.
 *
 * @throws ConfigError, CommandProblem
 */
export async function withSession<T>(
  args: AccountArguments,
  terminal: Terminal,
  env: Environment,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const { account: accountId } = args;
  const { config, authorization } = await authorize(args, terminal, env);
  const upstream = connectUpstream({
    config,
    logger: createLogger({ logLevel: "silent" }),
    observer: {
      recordsSkipped: (_operation, count) => {
        terminal.errors.write(`warning: reasons that cannot be read and are left out: ${count}\n`);
      },
    },
  });
  const deadline = new StepDeadline(config.upstreamTimeoutMs);
  const call = deadline.callContext({ authorization, requestId: randomUUID() });
  const writer = new StatusReasonWriter(upstream, call, () => undefined);
  try {
    return await explainingErrors(() =>
      work({
        accountId,
        list: () => upstream.statusReasons.list(call, accountId, false),
        applyDesiredState: (...args) => writer.applyDesiredState(...args),
        renewDeadline: () => {
          deadline.renew();
        },
      }),
    );
  } finally {
    deadline.end();
    await upstream.close();
  }
}

/** The configuration to connect with, and the `Authorization` header of the calls. */
interface Access {
  readonly config: Config;
  readonly authorization: string;
}

/** Finds out who calls the upstream: who logs in, whose token it is, or the client that the gateway would have. */
async function authorize(
  { account: accountId, username }: AccountArguments,
  terminal: Terminal,
  env: Environment,
): Promise<Access> {
  // The upstream's clients serve callers with one of these keys only. This process is its own and only caller.
  const key = randomBytes(24).toString("hex");
  const config = readConfig(withSettings(env, { GATEWAY_API_KEYS: key, GATEWAY_API_KEYS_FILE: "" }));
  requireUsable(config, { accountId });
  const asCaller: Config = { ...config, credentials: { kind: "caller" } };
  if (username !== undefined) {
    const bearer = await askAndLogIn(config, { accountId, username }, terminal);
    return { config: asCaller, authorization: `Bearer ${bearer}` };
  }
  const bearer = config.bearerToken?.reveal();
  if (bearer !== undefined) return { config: asCaller, authorization: `Bearer ${bearer}` };
  if (config.credentials.kind !== "caller") return { config, authorization: `Bearer ${key}` };
  throw new CommandProblem(
    "credentials are needed: --username USER, a token in LP_BEARER_TOKEN, or CREDENTIALS=oauth2 with LP_CLIENT_ID and LP_CLIENT_SECRET",
  );
}
