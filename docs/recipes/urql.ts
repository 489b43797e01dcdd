import { Client, cacheExchange, fetchExchange, makeOperation, mapExchange } from "@urql/core";
import type { CombinedError, Exchange, Operation } from "@urql/core";
import { authExchange } from "@urql/exchange-auth";
import { retryExchange } from "@urql/exchange-retry";

import { maxAttempts, mayRetry, secondsAsked } from "./retry-rules.js";
import type { Conflict, GatewayExtensions } from "./retry-rules.js";
import type { Session } from "./session.js";

/**
 * An urql client that retries retryable operations and renews a rejected token.
 *
 * @param onConflict called with the conflict of a write, to show it
 * @param cache the cache; that of documents unless given
 */
export function createUrqlClient(
  url: string,
  session: Session,
  onConflict: (conflict: Conflict) => void,
  cache: Exchange = cacheExchange,
): Client {
  const showConflicts = mapExchange({
    onError: (error) => {
      const conflict = failuresOf(error).find(({ code }) => code === "CONFLICT")?.conflict;
      if (conflict !== undefined) onConflict(conflict);
    },
  });
  return new Client({
    url,
    preferGetMethod: false,
    exchanges: [cache, showConflicts, renewExchange(session), retry, fetchExchange],
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
function afterPause(operation: Operation, failures: readonly GatewayExtensions[]): Operation {
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

/** Sends operations once more with a new token if their token was rejected. */
function renewExchange(session: Session): Exchange {
  let refused: string | undefined;
  return authExchange((auth) =>
    Promise.resolve({
      addAuthToOperation: (operation) => {
        const { token } = session;
        const { kind, context } = auth.appendHeaders(operation, { authorization: `Bearer ${token}` });
        return makeOperation(kind, operation, { ...context, token });
      },
      didAuthError: (error, { context }) => {
        refused = context["token"] as string;
        return failuresOf(error).some(({ code }) => code === "UNAUTHENTICATED");
      },
      refreshAuth: () => session.renew(refused),
    }),
  );
}

/** The `extensions` of an error's errors; empty if there was no response. */
function failuresOf({ graphQLErrors }: CombinedError): readonly GatewayExtensions[] {
  return graphQLErrors.map(({ extensions }) => extensions);
}
