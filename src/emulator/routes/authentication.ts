import type { FastifyRequest } from "fastify";

import { readOauthHeader } from "../access/index.js";
import type { Grant } from "../access/index.js";
import type { Account } from "../data/index.js";
import type { EmulatorContext, EmulatorState } from "../state.js";
import { Problem } from "../problem.js";

/** The kind of access that a request needs. */
export type Access = keyof Grant;

/**
 * Finds the caller's grant by the request's bearer token or OAuth 1.0 signature.
 *
 * @throws Problem 401
 */
export function authenticate(request: FastifyRequest, state: EmulatorState): Grant {
  const { authorization = "" } = request.headers;
  const [, token] = /^Bearer +(\S+)$/i.exec(authorization) ?? [];
  const grant = token === undefined ? grantOfSigner(request, authorization, state) : state.tokens.find(token);
  if (grant === undefined) {
    const hasExpired = token !== undefined && state.tokens.hasExpired(token);
    throw new Problem(401, hasExpired ? "The token has expired." : "Authentication is required.");
  }
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
 * Finds an account and checks the caller's grant for it. An account that does not exist is a 404 for every caller
 * with valid credentials, never a 403.
 *
 * @throws Problem 404 or 403
 */
export function authorize(
  grant: Grant,
  state: EmulatorState,
  { accountId, access }: { readonly accountId: string; readonly access: Access },
): Account {
  const account = state.account(accountId);
  if (!grant[access].includes(accountId)) throw new Problem(403, "The operation is not permitted.");
  return account;
}

/** Authenticates and authorizes a request whose path has the account. */
export function requireAccount(
  request: FastifyRequest<{ Params: { accountId: string } }>,
  { state }: EmulatorContext,
  access: Access,
): Account {
  return authorize(authenticate(request, state), state, { accountId: request.params.accountId, access });
}
