import { ApolloClient, ApolloLink, CombinedGraphQLErrors, HttpLink, InMemoryCache } from "@apollo/client";
import { ServerError } from "@apollo/client/errors";
import { SetContextLink } from "@apollo/client/link/context";
import { ErrorLink } from "@apollo/client/link/error";
import { RetryLink } from "@apollo/client/link/retry";
import { catchError, from, map, of, switchMap } from "rxjs";

import { typePolicies } from "./apollo-cache.js";
import { maxAttempts, mayRetry, secondsAsked } from "./retry-rules.js";
import type { Conflict, GatewayExtensions } from "./retry-rules.js";
import type { Session } from "./session.js";

/** An Apollo Client that retries retryable operations and renews a rejected token. */
export function createApolloClient(url: string, session: Session): ApolloClient {
  return new ApolloClient({
    cache: new InMemoryCache({ typePolicies }),
    link: ApolloLink.from([
      renewLink(session),
      new SetContextLink(() => ({ token: session.token, headers: bearer(session.token) })),
      returnResults,
      retryLink,
      throwRetryable,
      new HttpLink({ uri: url }),
    ]),
  });
}

/** The conflict of a write, to be shown; undefined for other errors. */
export function conflictOf(error: unknown): Conflict | undefined {
  return failuresOf(error).find(({ code }) => code === "CONFLICT")?.conflict;
}

/** Sends an operation once more with a new token if its token was rejected. */
function renewLink(session: Session): ErrorLink {
  return new ErrorLink(({ error, operation, forward }) => {
    const { token, isRenewed } = operation.getContext() as { token?: string; isRenewed?: boolean };
    const isRefused = failuresOf(error).some(({ code }) => code === "UNAUTHENTICATED");
    if (!isRefused || isRenewed === true) return undefined;
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

/** The `extensions` of an error's errors, also for a 4xx or 5xx; empty if there was no response. */
function failuresOf(error: unknown): readonly GatewayExtensions[] {
  if (CombinedGraphQLErrors.is(error)) return error.errors.map(({ extensions = {} }) => extensions);
  if (!ServerError.is(error)) return [];
  try {
    const { errors } = JSON.parse(error.bodyText) as { errors: { extensions: GatewayExtensions }[] };
    return errors.map(({ extensions }) => extensions);
  } catch {
    // Not the gateway's response, but that of a proxy in front of it.
    return [];
  }
}

function bearer(token: string): { authorization: string } {
  return { authorization: `Bearer ${token}` };
}
