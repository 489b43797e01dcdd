import type { FastifyInstance } from "fastify";

import type { LoginUser } from "../access/index.js";
import { jsonOf, sendJson, textOf } from "../http.js";
import type { AccountParams } from "../http.js";
import { isJsonObject } from "../../lib/index.js";
import { Problem } from "../problem.js";
import { clients, loginUsers } from "../seed/index.js";
import type { EmulatorContext } from "../state.js";

interface Credentials {
  username: string;
  password: string;
}

/** The login service: exchanges a user name and password for a bearer token. */
export function loginRoutes(app: FastifyInstance, { state }: EmulatorContext): void {
  app.post<AccountParams>("/api/account/:accountId/login", (request, reply) => {
    const { accountId } = request.params;
    const credentials = readCredentials(jsonOf(request));
    const { username } = credentials;
    const streak = `${accountId} ${username}`;

    const waitMs = state.loginAttempts.waitMs(streak);
    if (waitMs > 0) {
      throw new Problem(429, "Too many failed logins.", { "retry-after": String(Math.ceil(waitMs / 1000)) });
    }
    const user = loginUsers.find((candidate) => isUser(candidate, accountId, credentials));
    if (user === undefined) {
      state.loginAttempts.failed(streak);
      throw new Problem(401, "User name or password is wrong.");
    }
    state.loginAttempts.succeeded(streak);
    if (user.locked === true) throw new Problem(451, "The user is locked.");
    return sendJson(reply, 200, {
      bearer: state.tokens.issue("", user.grant),
      csrf: state.tokens.randomHex(),
      config: { loginName: username, userId: user.userId, accountId },
    });
  });
}

function readCredentials(body: unknown): Credentials {
  const { username, password } = isJsonObject(body) ? body : {};
  if (typeof username !== "string" || typeof password !== "string") {
    throw new Problem(400, "username and password are required.");
  }
  return { username, password };
}

function isUser(user: LoginUser, accountId: string, { username, password }: Credentials): boolean {
  return user.accountId === accountId && user.username === username && user.password === password;
}

const tokenLifetimeMs = 60 * 60 * 1000;
/** The header of a JSON Web Token. The rest is opaque: clients must not read it. */
const tokenPrefix = "eyJhbGciOiJub25lIn0.";

/** The token service: exchanges OAuth 2.0 client credentials for an access token. */
export function tokenRoutes(app: FastifyInstance, { state, now }: EmulatorContext): void {
  app.post<AccountParams>("/sentinel/api/account/:accountId/app/token", (request, reply) => {
    const form = readForm(request.headers["content-type"], textOf(request));
    if (form.get("grant_type") !== "client_credentials") {
      throw new Problem(400, "grant_type must be client_credentials.");
    }
    const client = clients.find(
      ({ accountId, clientId, clientSecret }) =>
        accountId === request.params.accountId &&
        clientId === form.get("client_id") &&
        clientSecret === form.get("client_secret"),
    );
    if (client === undefined) throw new Problem(401, "The client is unknown.");
    return sendJson(reply, 200, {
      access_token: state.tokens.issue(tokenPrefix, client.grant, now() + tokenLifetimeMs),
      token_type: "Bearer",
      expires_in: tokenLifetimeMs / 1000,
    });
  });
}

function readForm(contentType = "", body: string): URLSearchParams {
  if (!contentType.startsWith("application/x-www-form-urlencoded")) {
    throw new Problem(400, "The body must be form-encoded.");
  }
  return new URLSearchParams(body);
}
