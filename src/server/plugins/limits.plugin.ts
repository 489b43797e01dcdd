import type { ApolloServerPlugin, GraphQLRequestListener } from "@apollo/server";

import type { QueryLimits } from "../../config/index.js";
import type { GatewayContext } from "../../graphql/index.js";
import { enforceLimits, stripLocations } from "../../graphql/index.js";

/**
 * Rejects operations over the limits. No validation rules, because those do not see the variables, which usually set the
 * length of a list, and do not run again for a document that Apollo has cached.
 */
export function limitsPlugin(limits: QueryLimits): ApolloServerPlugin<GatewayContext> {
  const listener: GraphQLRequestListener<GatewayContext> = {
    didResolveOperation: ({ schema, document, operation, request: { variables = {} } }) => {
      if (operation !== undefined) enforceLimits({ schema, document, operation, variables }, limits);
      stripLocations(document);
      return Promise.resolve();
    },
  };
  return { requestDidStart: () => Promise.resolve(listener) };
}
