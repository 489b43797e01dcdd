import type { ApolloServerPlugin, GraphQLRequestListener } from "@apollo/server";

import type { GatewayContext } from "../../graphql/index.js";

/**
 * Answers 200 instead of 400 to callers that accept `application/json` but not
 * `application/graphql-response+json`, where a document does not parse or validate, or a variable does not
 * fit: GraphQL over HTTP (6.4.1) asks for it, since such callers take a 4xx for something other than a
 * GraphQL answer.
 */
export function legacyStatusPlugin(): ApolloServerPlugin<GatewayContext> {
  const listener: GraphQLRequestListener<GatewayContext> = {
    willSendResponse: ({ request, response }) => {
      const accept = request.http?.headers.get("accept") ?? "";
      const isLegacy = accept.includes("application/json") && !accept.includes("graphql-response+json");
      if (isLegacy && response.http.status === 400) response.http.status = 200;
      return Promise.resolve();
    },
  };
  return { requestDidStart: () => Promise.resolve(listener) };
}
