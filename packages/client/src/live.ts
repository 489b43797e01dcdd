import { createClient } from "graphql-ws";
import type { Client } from "graphql-ws";

import type { Session } from "./session.js";

/** How often the socket is checked, in milliseconds, and how long its answer may take. */
const pingIntervalMs = 10_000;
const pongTimeoutMs = 5_000;

/** The longest pause between attempts to connect, in milliseconds. */
const maxRetryWaitMs = 30_000;

export interface LiveOptions {
  /** The class of WebSockets, where there is no global one: `ws` in Node 20. */
  readonly webSocketImpl?: unknown;
}

/**
 * The transport of subscriptions: one WebSocket for all of them, opened for the first and closed after the last. It
 * connects again after every loss, with the session's token, and when that is replaced. The first event after that is
 * the whole state.
 *
 * @param url the gateway's, `http(s)://…/graphql`
 */
export function createLiveClient(url: string, session: Session, { webSocketImpl }: LiveOptions = {}): Client {
  let pongTimer: ReturnType<typeof setTimeout> | undefined;
  const stopWaiting = (): void => {
    clearTimeout(pongTimer);
  };
  const client = createClient({
    url: url.replace(/^http/, "ws"),
    webSocketImpl,
    connectionParams: () => ({ authorization: `Bearer ${session.token}` }),
    keepAlive: pingIntervalMs,
    retryAttempts: Infinity,
    shouldRetry: () => true,
    retryWait: (retries) => wait(Math.min(1000 * 2 ** retries, maxRetryWaitMs) * (0.5 + Math.random() / 2)),
    on: {
      // A network that is gone closes no socket: without a pong the socket counts as lost.
      ping: (isReceived) => {
        if (isReceived) return;
        stopWaiting();
        pongTimer = setTimeout(() => {
          client.terminate();
        }, pongTimeoutMs);
      },
      pong: stopWaiting,
      closed: stopWaiting,
    },
  });
  // A connection keeps the token that it was opened with.
  session.onRenewal(() => {
    client.terminate();
  });
  return client;
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
