import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from "@apollo/client";
import { ErrorLink } from "@apollo/client/link/error";

import { failureOf } from "../errors/gateway-failure.js";
import type { Connection } from "./connection.js";

/** Creates the cache of an account. It is kept when the token changes, so that the page keeps its content. */
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
 * Creates an Apollo Client for one token.
 *
 * @param onRejected - called when the token is not valid or has expired
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
        // Stops polling: no request with this token can succeed.
        client.stop();
        onRejected();
      }),
      new HttpLink({ uri: url, headers: { authorization: `Bearer ${token}` } }),
    ]),
    defaultOptions: { watchQuery: { fetchPolicy: "cache-and-network" } },
  });
  return client;
}
