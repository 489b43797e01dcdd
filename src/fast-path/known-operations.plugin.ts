import type { ApolloServerPlugin, GraphQLRequestListener } from "@apollo/server";

import type { GatewayContext } from "../graphql/index.js";
import type { KnownOperations } from "./known-operations.js";

/** Lets what is answered once be answered without Apollo the next time. */
export function knownOperationsPlugin(known: KnownOperations): ApolloServerPlugin<GatewayContext> {
  const listener: GraphQLRequestListener<GatewayContext> = {
    willSendResponse: (request) => {
      known.learn(request);
      return Promise.resolve();
    },
  };
  return { requestDidStart: () => Promise.resolve(listener) };
}
