import type { ApolloServerPlugin, GraphQLRequestListener } from "@apollo/server";

import { failureOf } from "../../graphql/index.js";
import type { GatewayContext } from "../../graphql/index.js";
import type { PrepareReport } from "../../observability/index.js";
import { summarize } from "../../observability/index.js";
import { failedAccountOf } from "../failed-account.js";

/** Reports each operation that Apollo handles to the log and the metrics. */
export function operationLogPlugin(prepareReport: PrepareReport): ApolloServerPlugin<GatewayContext> {
  const listener: GraphQLRequestListener<GatewayContext> = {
    willSendResponse: (request) => {
      const { event, subscription } = request.contextValue;
      // Subscriptions are told of once, when they end.
      if (event !== undefined || subscription?.accepted !== undefined) return Promise.resolve();
      const failure = failureOf(request.errors);
      const accountId =
        failure &&
        failedAccountOf({ operation: request.operation, variables: request.request.variables }, failure.path);
      prepareReport(summarize(request, failure, accountId))(request.contextValue);
      return Promise.resolve();
    },
  };
  return { requestDidStart: () => Promise.resolve(listener) };
}
