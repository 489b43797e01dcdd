import { HeaderMap } from "@apollo/server";
import type {
  ApolloServerPlugin,
  GraphQLRequestContext,
  GraphQLRequestListener,
  GraphQLResponse,
} from "@apollo/server";
import { GraphQLError, OperationTypeNode } from "graphql";

import type { ErrorCode, GatewayContext } from "../../graphql/index.js";
import { summarize } from "../../observability/index.js";

const noStream =
  "A subscription needs a response that goes on: send `Accept: text/event-stream` or " +
  '`Accept: multipart/mixed;subscriptionSpec="1.0"`, or use a WebSocket with the subprotocol `graphql-transport-ws`.';

/**
 * Hands subscriptions to those who serve them, instead of executing them. A request whose response cannot go on is
 * told so.
 */
export function subscriptionsPlugin(): ApolloServerPlugin<GatewayContext> {
  const listener: GraphQLRequestListener<GatewayContext> = {
    didResolveOperation: (context) => {
      const { operation, contextValue } = context;
      const { subscription: slot, event } = contextValue;
      if (
        operation?.operation === OperationTypeNode.SUBSCRIPTION &&
        slot === undefined &&
        event === undefined
      ) {
        return Promise.reject(refusal(noStream, 406));
      }
      if (operation?.operation === OperationTypeNode.MUTATION && slot?.isReadOnly === true) {
        return Promise.reject(refusal("A mutation needs a POST.", 405, { allow: "POST" }));
      }
      return Promise.resolve();
    },
    // Unlike the types say there is no operation where none of the document's has the name.
    responseForOperation: (
      context: GraphQLRequestContext<GatewayContext>,
    ): Promise<GraphQLResponse | null> => {
      const { operation, contextValue } = context;
      const { subscription: slot } = contextValue;
      if (operation?.operation !== OperationTypeNode.SUBSCRIPTION || slot === undefined)
        return Promise.resolve(null);
      slot.accepted = acceptedIn(context as Resolved);
      return Promise.resolve({
        http: { headers: new HeaderMap() },
        body: { kind: "single", singleResult: {} },
      });
    },
  };
  return { requestDidStart: () => Promise.resolve(listener) };
}

type Resolved = GraphQLRequestContext<GatewayContext> &
  Required<Pick<GraphQLRequestContext<GatewayContext>, "document" | "source">>;

function acceptedIn(context: Resolved) {
  const { schema, document, source, request } = context;
  return { schema, document, source, operationName: request.operationName, summary: summarize(context) };
}

function refusal(
  message: string,
  status: number,
  headers: Readonly<Record<string, string>> = {},
): GraphQLError {
  const code: ErrorCode = "BAD_REQUEST";
  const http = { status, headers: new HeaderMap(Object.entries(headers)) };
  return new GraphQLError(message, { extensions: { code, http } });
}
