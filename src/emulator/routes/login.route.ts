import type { FastifyInstance } from "fastify";

import type { LoginUser } from "../access/index.js";
import type { EmulatorContext } from "../context.js";
import { jsonOf, sendJson } from "../exchange.js";
import type { AccountParams } from "../exchange.js";
import { isObject } from "../json.js";
import { Problem } from "../problem.js";
import { loginUsers } from "../seed/index.js";

interface Credentials {
  username: string;
  password: string;
}

/** The login service: user name and password for a bearer. */
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
  const { username, password } = isObject(body) ? body : {};
  if (typeof username !== "string" || typeof password !== "string") {
    throw new Problem(400, "username and password are required.");
  }
  return { username, password };
}

function isUser(user: LoginUser, accountId: string, { username, password }: Credentials): boolean {
  return user.accountId === accountId && user.username === username && user.password === password;
}
