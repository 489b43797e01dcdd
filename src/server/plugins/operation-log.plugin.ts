import type { ApolloServerPlugin, GraphQLRequestListener } from "@apollo/server";

import type { GatewayContext } from "../../graphql/index.js";
import type { PrepareReport } from "../../observability/index.js";
import { summarize } from "../../observability/index.js";

/** Reports each operation that Apollo handles to the log and the metrics. */
export function operationLogPlugin(prepareReport: PrepareReport): ApolloServerPlugin<GatewayContext> {
  const listener: GraphQLRequestListener<GatewayContext> = {
    willSendResponse: (request) => {
      const { event, subscription } = request.contextValue;
      // Subscriptions are told of once, when they end.
      if (event !== undefined || subscription?.accepted !== undefined) return Promise.resolve();
      prepareReport(summarize(request))(request.contextValue);
      return Promise.resolve();
    },
  };
  return { requestDidStart: () => Promise.resolve(listener) };
}
