import type { FastifyRequest } from "fastify";

import type { AccessTokens, Grant } from "./access.js";
import type { Account } from "./account.js";
import type { EmulatorContext } from "./context.js";
import { Problem } from "./problem.js";

/** What a request is about to do. */
export type Access = "reads" | "writes";

/**
 * Who calls: the one place that reads credentials, and knows the bearer scheme only.
 *
 * @throws Problem 401
 */
export function authenticate(request: FastifyRequest, tokens: AccessTokens): Grant {
  const [, token] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? "") ?? [];
  const grant = token === undefined ? undefined : tokens.find(token);
  if (grant === undefined) throw new Problem(401, "Authentication is required.");
  return grant;
}

/**
 * The account, for a caller who may have it. An account that does not exist is a 404 to whoever has a valid
 * token, before the question of 403 comes up.
 *
 * @throws Problem 404 or 403
 */
export function authorize(
  grant: Grant,
  { state }: EmulatorContext,
  accountId: string,
  access: Access,
): Account {
  const account = state.account(accountId);
  if (!grant[access].includes(accountId)) throw new Problem(403, "The operation is not permitted.");
  return account;
}

/** Both of the above, for an account that is in the path. */
export function requireAccount(
  request: FastifyRequest<{ Params: { accountId: string } }>,
  context: EmulatorContext,
  access: Access,
): Account {
  return authorize(authenticate(request, context.state.tokens), context, request.params.accountId, access);
}
