import type { FastifyInstance } from "fastify";

import type { EmulatorContext } from "../context.js";
import { sendJson, textOf } from "../exchange.js";
import type { AccountParams } from "../exchange.js";
import { Problem } from "../problem.js";
import { clients } from "../seed/index.js";

const lifetimeMs = 60 * 60 * 1000;
/** What a JSON Web Token's header looks like. The rest is opaque: nobody here is to read it. */
const prefix = "eyJhbGciOiJub25lIn0.";

/** OAuth 2.0 client credentials for an access token. */
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
      access_token: state.tokens.issue(prefix, client.grant, now() + lifetimeMs),
      token_type: "Bearer",
      expires_in: lifetimeMs / 1000,
    });
  });
}

function readForm(contentType = "", body: string): URLSearchParams {
  if (!contentType.startsWith("application/x-www-form-urlencoded")) {
    throw new Problem(400, "The body must be form-encoded.");
  }
  return new URLSearchParams(body);
}
