import type { ApolloServerPlugin, GraphQLRequestListener } from "@apollo/server";

import type { QueryLimits } from "../../config/index.js";
import type { GatewayContext } from "../../graphql/index.js";
import { enforceLimits, stripLocations } from "../../graphql/index.js";

/**
 * Refuses operations over the limits. Not as validation rules: those know no variables, where the length
 * of a list usually is, and do not run again for a document that Apollo has already seen.
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
