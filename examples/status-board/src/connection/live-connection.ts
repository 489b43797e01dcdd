import { createClient } from "graphql-ws";
import type { Client } from "graphql-ws";

import type { Connection } from "./connection.js";

/** Whether events can arrive: `open` once the gateway has accepted the connection. */
export type LiveState = "connecting" | "open" | "closed";

const pingIntervalMs = 10_000;
const pongTimeoutMs = 5_000;
const maxRetryWaitMs = 15_000;

/**
 * The WebSocket that subscriptions use. It connects with the first one, again whenever it is lost, and closes after the
 * last one.
 */
export class LiveConnection {
  readonly client: Client;
  #state: LiveState = "connecting";
  #pongTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #listeners = new Set<() => void>();

  constructor({ url, token }: Connection) {
    this.client = createClient({
      url: url.replace(/^http/, "ws"),
      connectionParams: { authorization: `Bearer ${token}` },
      keepAlive: pingIntervalMs,
      retryAttempts: Infinity,
      shouldRetry: () => true,
      retryWait: (retries) => wait(Math.min(1000 * 2 ** retries, maxRetryWaitMs) * (0.5 + Math.random() / 2)),
      on: {
        connected: () => {
          this.#become("open");
        },
        closed: () => {
          clearTimeout(this.#pongTimer);
          this.#become("closed");
        },
        ping: (isReceived) => {
          if (!isReceived) this.#expectPong();
        },
        pong: () => {
          clearTimeout(this.#pongTimer);
        },
      },
    });
  }

  /** For `useSyncExternalStore`, as {@link state} is. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): LiveState => this.#state;

  /** A network that is gone closes no socket: without a pong the socket counts as lost. */
  #expectPong(): void {
    clearTimeout(this.#pongTimer);
    this.#pongTimer = setTimeout(() => {
      this.client.terminate();
    }, pongTimeoutMs);
  }

  #become(state: LiveState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
