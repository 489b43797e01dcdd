import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from "@apollo/client";
import { ErrorLink } from "@apollo/client/link/error";
import { GraphQLWsLink } from "@apollo/client/link/subscriptions";
import { OperationTypeNode } from "graphql";

import { failureOf } from "../errors/gateway-failure.js";
import type { Connection } from "./connection.js";
import type { LiveConnection } from "./live-connection.js";

/** Creates the cache of an account. It is kept when the token changes, so that the page keeps its content. */
export function createCache(): InMemoryCache {
  // The keys of the schema's entities: ids are unique within an account only.
  const entity = { keyFields: ["accountId", "id"] };
  return new InMemoryCache({
    typePolicies: { StatusReason: entity, Agent: entity, AgentGroup: entity, Skill: entity },
  });
}

/**
 * Creates an Apollo Client for one token: queries and mutations by HTTP, subscriptions by WebSocket.
 *
 * @param onRejected - called when the token is not valid or has expired
 */
export function createApolloClient(
  { url, token }: Connection,
  live: LiveConnection,
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
      ApolloLink.split(
        ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
        new GraphQLWsLink(live.client),
        new HttpLink({ uri: url, headers: { authorization: `Bearer ${token}` } }),
      ),
    ]),
    defaultOptions: { watchQuery: { fetchPolicy: "cache-and-network" } },
  });
  return client;
}
