import { ApolloLink, CombinedGraphQLErrors, HttpLink } from "@apollo/client";
import { SetContextLink } from "@apollo/client/link/context";
import { ErrorLink } from "@apollo/client/link/error";
import { RetryLink } from "@apollo/client/link/retry";
import { GraphQLWsLink } from "@apollo/client/link/subscriptions";
import { OperationTypeNode } from "graphql";
import type { Client } from "graphql-ws";
import { catchError, from, map, of, switchMap } from "rxjs";

import { failuresOf } from "../failures.js";
import { maxAttempts, mayRetry, secondsAsked } from "../retry-rules.js";
import type { Session } from "../session.js";

export interface GatewayLinkOptions {
  /** Carries subscriptions, from `createLiveClient`. Without it they are HTTP responses of several parts. */
  readonly live?: Client;
}

/**
 * An Apollo Link to the gateway. It sends the session's token, renews it once where it is rejected, and sends an
 * operation again where the gateway says that it may be.
 *
 * @param url the gateway's, `http(s)://…/graphql`
 */
export function createGatewayLink(
  url: string,
  session: Session,
  { live }: GatewayLinkOptions = {},
): ApolloLink {
  const http = new HttpLink({ uri: url });
  const isLive = ({ operationType }: ApolloLink.Operation): boolean =>
    operationType === OperationTypeNode.SUBSCRIPTION;
  return ApolloLink.from([
    renewLink(session),
    new SetContextLink(() => ({ token: session.token, headers: bearer(session.token) })),
    returnResults,
    retryLink,
    throwRetryable,
    live === undefined ? http : ApolloLink.split(isLive, new GraphQLWsLink(live), http),
  ]);
}

/** Sends an operation once more with a new token if its token was rejected. */
function renewLink(session: Session): ErrorLink {
  return new ErrorLink(({ error, operation, forward }) => {
    const { token, isRenewed } = operation.getContext() as { token?: string; isRenewed?: boolean };
    const isRejected = failuresOf(error).some(({ code }) => code === "UNAUTHENTICATED");
    if (!isRejected || isRenewed === true) return undefined;
    operation.setContext({ isRenewed: true });
    return from(session.renew(token)).pipe(switchMap(() => forward(operation)));
  });
}

/** RetryLink handles only thrown errors, and GraphQL errors are results: this throws the retryable ones. */
const throwRetryable = new ApolloLink((operation, forward) =>
  forward(operation).pipe(
    map((result) => {
      const error = new CombinedGraphQLErrors(result);
      if (error.errors.length > 0 && mayRetry(operation.query, failuresOf(error))) throw error;
      return result;
    }),
  ),
);

const retryLink = new RetryLink({
  attempts: (count, { query }, error) => count < maxAttempts && mayRetry(query, failuresOf(error)),
  delay: (count, _operation, error) =>
    1000 * secondsAsked(failuresOf(error)) + 200 * 2 ** count * (0.5 + Math.random() / 2),
});

/** After the last attempt, turns the thrown error back into a result with its data. */
const returnResults = new ApolloLink((operation, forward) =>
  forward(operation).pipe(
    catchError((error: unknown) => {
      if (!CombinedGraphQLErrors.is(error)) throw error;
      return of({ data: error.data ?? null, errors: error.errors });
    }),
  ),
);

function bearer(token: string): { authorization: string } {
  return { authorization: `Bearer ${token}` };
}
