import { fetchExchange, makeOperation, subscriptionExchange } from "@urql/core";
import type { CombinedError, Exchange, ExecutionResult, Operation } from "@urql/core";
import { authExchange } from "@urql/exchange-auth";
import { retryExchange } from "@urql/exchange-retry";
import type { Client } from "graphql-ws";
import { filter, pipe } from "wonka";

import { failuresOf } from "./failures.js";
import type { GatewayFailure } from "./failures.js";
import { maxAttempts, mayRetry, secondsAsked } from "./retry-rules.js";
import type { Session } from "./session.js";

export interface GatewayExchangesOptions {
  /** Carries subscriptions, from `createLiveClient`. Without it set `fetchSubscriptions: true` of urql's `Client`. */
  readonly live?: Client;
}

/**
 * The exchanges that come after the cache, `fetchExchange` included. They send the session's token, renew it once where
 * it is rejected, and send an operation again where the gateway says that it may be. Set `preferGetMethod: false` of
 * urql's `Client`.
 */
export function createGatewayExchanges(
  session: Session,
  { live }: GatewayExchangesOptions = {},
): readonly Exchange[] {
  return [
    renewExchange(session),
    dropRepeatedRejections,
    retry,
    ...(live === undefined ? [] : [liveExchange(live)]),
    fetchExchange,
  ];
}

function liveExchange(live: Client): Exchange {
  return subscriptionExchange({
    forwardSubscription: ({ query = "", variables = {} }) => ({
      subscribe: ({ next, error, complete }) => {
        const sink = {
          error,
          complete,
          next: (result: unknown) => {
            next(result as ExecutionResult);
          },
        };
        return { unsubscribe: live.subscribe({ query, variables: { ...variables } }, sink) };
      },
    }),
  });
}

const retry = retryExchange({
  maxNumberAttempts: maxAttempts,
  initialDelayMs: 200,
  maxDelayMs: 30_000,
  retryWith: (error, operation) =>
    mayRetry(operation.query, failuresOf(error)) ? afterPause(operation, failuresOf(error)) : null,
});

/** The operation, with the gateway's `retryAfter` as the initial delay of the back-off. */
function afterPause(operation: Operation, failures: readonly GatewayFailure[]): Operation {
  const { count = 0, delay = null } = (operation.context["retry"] ?? {}) as RetryState;
  const asked = secondsAsked(failures) * 1000;
  const next: RetryState = { count, delay: asked > 0 ? asked : delay };
  return makeOperation(operation.kind, operation, { ...operation.context, retry: next });
}

/** The state of retryExchange in an operation's context. */
interface RetryState {
  readonly count?: number;
  readonly delay?: number | null;
}

/**
 * urql repeats the last result of a subscription at its end. This drops a repeated rejection of the token, which would
 * make `authExchange` subscribe twice with the new one.
 */
const dropRepeatedRejections: Exchange = ({ forward }) => {
  const rejected = new WeakSet<Operation>();
  return (operations$) =>
    pipe(
      forward(operations$),
      filter(({ operation, error }) => {
        if (operation.kind !== "subscription" || error === undefined || !isRejection(error)) return true;
        if (rejected.has(operation)) return false;
        rejected.add(operation);
        return true;
      }),
    );
};

/** Sends operations once more with a new token if their token was rejected. */
function renewExchange(session: Session): Exchange {
  let rejected: string | undefined;
  return authExchange((auth) =>
    Promise.resolve({
      addAuthToOperation: (operation) => {
        const { token } = session;
        const { kind, context } = auth.appendHeaders(operation, { authorization: `Bearer ${token}` });
        return makeOperation(kind, operation, { ...context, token });
      },
      didAuthError: (error, { context }) => {
        rejected = context["token"] as string;
        return isRejection(error);
      },
      refreshAuth: () => session.renew(rejected),
    }),
  );
}

function isRejection(error: CombinedError): boolean {
  return failuresOf(error).some(({ code }) => code === "UNAUTHENTICATED");
}
