import { ApolloClient, InMemoryCache } from "@apollo/client";
import { Client, cacheExchange } from "@urql/core";
import type { Exchange } from "@urql/core";
import type { Client as LiveClient } from "graphql-ws";

import { createGatewayLink, typePolicies } from "../../packages/client/src/apollo/index.js";
import { Session } from "../../packages/client/src/session.js";
import { createGatewayExchanges } from "../../packages/client/src/urql.js";
import { emulatorTokens } from "../../src/emulator/seed/seed.js";

/** A session whose token is the administrator's unless given, and that nobody renews unless `login` is. */
export function createSession(
  token: string = emulatorTokens.admin,
  login: () => Promise<string> = () => Promise.reject(new Error("nobody logs in here")),
): Session {
  return new Session(token, login);
}

/** Apollo Client, set up as the client package's README says. */
export function createApolloClient(url: string, session: Session, live?: LiveClient): ApolloClient {
  return new ApolloClient({
    cache: new InMemoryCache({ typePolicies }),
    link: createGatewayLink(url, session, live && { live }),
  });
}

/** urql's client, set up as the client package's README says. */
export function createUrqlClient(
  url: string,
  session: Session,
  { cache = cacheExchange, live }: { cache?: Exchange; live?: LiveClient } = {},
): Client {
  return new Client({
    url,
    preferGetMethod: false,
    fetchSubscriptions: live === undefined,
    exchanges: [cache, ...createGatewayExchanges(session, live && { live })],
  });
}
