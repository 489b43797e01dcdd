import type { ApolloServerPlugin, GraphQLRequestListener } from "@apollo/server";

import type { GatewayContext } from "../../graphql/context.js";
import type { ReportOperation } from "../operation-report.js";
import { summarize } from "../operation-summary.js";

/** Tells of each operation that Apollo answers. */
export function operationLogPlugin(report: ReportOperation): ApolloServerPlugin<GatewayContext> {
  const listener: GraphQLRequestListener<GatewayContext> = {
    willSendResponse: (request) => {
      report(summarize(request), request.contextValue);
      return Promise.resolve();
    },
  };
  return { requestDidStart: () => Promise.resolve(listener) };
}
