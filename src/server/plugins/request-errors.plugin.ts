import type { ApolloServerPlugin, GraphQLRequestListener } from "@apollo/server";

import type { HttpLimits } from "../../config/index.js";
import type { GatewayContext } from "../../graphql/index.js";
import {
  ResponseTooLargeError,
  boundedErrors,
  formatTooLarge,
  isLongerThan,
  isUnexpected,
} from "../../graphql/index.js";
import { requestIdsOf } from "../../observability/index.js";
import type { Logger } from "../../observability/index.js";

/** Bounds a response and its errors, adds the request id to each error, and logs the causes of unexpected ones. */
export function requestErrorsPlugin(
  logger: Logger,
  { maxResponseBytes }: HttpLimits,
): ApolloServerPlugin<GatewayContext> {
  const listener: GraphQLRequestListener<GatewayContext> = {
    didEncounterErrors: ({ errors, contextValue }) => {
      for (const error of errors.filter(isUnexpected)) {
        const cause = error.originalError ?? error;
        logger.error(
          { ...requestIdsOf(contextValue.call), path: error.path, err: cause },
          "unexpected error",
        );
      }
      return Promise.resolve();
    },
    willSendResponse: ({ response, contextValue }) => {
      const { requestId } = contextValue.call;
      const result = response.body.kind === "single" ? response.body.singleResult : undefined;
      if (result?.data && isLongerThan(result.data, maxResponseBytes)) {
        result.data = null;
        result.errors = [formatTooLarge(new ResponseTooLargeError(maxResponseBytes))];
      }
      if (result?.errors === undefined) return Promise.resolve();
      result.errors = boundedErrors(result.errors);
      for (const { extensions } of result.errors) Object.assign(extensions ?? {}, { requestId });
      return Promise.resolve();
    },
  };
  return { requestDidStart: () => Promise.resolve(listener) };
}
