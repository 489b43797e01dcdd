import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from "@apollo/client";
import { ErrorLink } from "@apollo/client/link/error";

import { failureOf } from "../errors/gateway-failure.js";
import type { Connection } from "./connection.js";

/** A cache for one account. It outlives tokens, so that what is on the page stays when a new one is entered. */
export function createCache(): InMemoryCache {
  return new InMemoryCache({
    // The keys of the schema's entities: ids are unique within an account only.
    typePolicies: {
      StatusReason: { keyFields: ["accountId", "id"] },
      Agent: { keyFields: ["accountId", "id"] },
    },
  });
}

/**
 * An Apollo Client for one token.
 *
 * @param onRejected - called when the token turns out to be no good, or not any more
 */
export function createApolloClient(
  { url, token }: Connection,
  cache: InMemoryCache,
  onRejected: () => void,
): ApolloClient {
  const client = new ApolloClient({
    cache,
    link: ApolloLink.from([
      new ErrorLink(({ error }) => {
        if (failureOf(error).code !== "UNAUTHENTICATED") return;
        // Nothing that is sent with this token can succeed: that goes for polls too.
        client.stop();
        onRejected();
      }),
      new HttpLink({ uri: url, headers: { authorization: `Bearer ${token}` } }),
    ]),
    defaultOptions: { watchQuery: { fetchPolicy: "cache-and-network" } },
  });
  return client;
}
