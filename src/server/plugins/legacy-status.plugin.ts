import type { ApolloServerPlugin, GraphQLRequestListener } from "@apollo/server";

import type { GatewayContext } from "../../graphql/index.js";

/**
 * Sets status 200 instead of 400 for callers that accept `application/json` but not `application/graphql-response+json`,
 * if a document does not parse or validate, or a variable has the wrong type. GraphQL over HTTP (6.4.1) asks for it: such
 * callers do not expect a GraphQL response with a 4xx.
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
