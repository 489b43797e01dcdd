import type { ApolloServerPlugin, GraphQLRequestListener } from "@apollo/server";

import type { GatewayContext } from "../../graphql/context.js";
import { isUnexpected } from "../../graphql/errors/format-error.js";
import type { Logger } from "../../logger.js";

/** Puts the request id into each error, and what caused an unexpected one into the log. */
export function requestErrorsPlugin(logger: Logger): ApolloServerPlugin<GatewayContext> {
  const listener: GraphQLRequestListener<GatewayContext> = {
    didEncounterErrors: ({ errors, contextValue }) => {
      for (const error of errors.filter(isUnexpected)) {
        const cause = error.originalError ?? error;
        logger.error(
          { requestId: contextValue.call.requestId, path: error.path, err: cause },
          "unexpected error",
        );
      }
      return Promise.resolve();
    },
    willSendResponse: ({ response, contextValue }) => {
      const { requestId } = contextValue.call;
      const errors = response.body.kind === "single" ? response.body.singleResult.errors : undefined;
      for (const { extensions } of errors ?? []) Object.assign(extensions ?? {}, { requestId });
      return Promise.resolve();
    },
  };
  return { requestDidStart: () => Promise.resolve(listener) };
}
