import type { FastifyRequest } from "fastify";

import type { Grant } from "../access/index.js";
import type { Account } from "../data/index.js";
import type { EmulatorContext } from "../state.js";
import { readOauthHeader } from "../access/index.js";
import { Problem } from "../problem.js";
import type { EmulatorState } from "../state.js";

/** What a request is about to do. */
export type Access = "reads" | "writes";

/**
 * Who calls: the one place that reads credentials, a bearer token or an OAuth 1.0 signature.
 *
 * @throws Problem 401
 */
export function authenticate(request: FastifyRequest, state: EmulatorState): Grant {
  const { authorization = "" } = request.headers;
  const [, token] = /^Bearer +(\S+)$/i.exec(authorization) ?? [];
  const grant = token === undefined ? grantOfSigner(request, authorization, state) : state.tokens.find(token);
  if (grant === undefined) throw new Problem(401, "Authentication is required.");
  return grant;
}

function grantOfSigner(
  { method, host, url }: FastifyRequest,
  authorization: string,
  { apiKeys }: EmulatorState,
): Grant | undefined {
  const parameters = readOauthHeader(authorization);
  return parameters && apiKeys.find({ method, url: `http://${host}${url}`, parameters });
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
  return authorize(authenticate(request, context.state), context, request.params.accountId, access);
}
