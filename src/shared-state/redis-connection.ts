import type { Redis } from "ioredis";

import type { RedisConfig } from "../config/index.js";

/** How long a command may take, and a connection to be made, in milliseconds. */
const commandTimeoutMs = 1000;
const connectTimeoutMs = 2000;

/** How long a connection may take to close, in milliseconds. The client waits as long where it has none. */
const closeTimeoutMs = 100;

/** The pauses between two attempts to connect, in milliseconds: they grow up to the longest, and vary by a half. */
const firstPauseMs = 50;
const longestPauseMs = 2000;

/** How often a connection is checked, in milliseconds: one that hangs is replaced. */
const checkIntervalMs = 1000;

const options = {
  lazyConnect: true,
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 0,
  commandTimeout: commandTimeoutMs,
  connectTimeout: connectTimeoutMs,
  disconnectTimeout: closeTimeoutMs,
  retryStrategy: (attempt: number) =>
    Math.min(firstPauseMs * 2 ** attempt, longestPauseMs) * (0.5 + Math.random()),
  // A replica that took over from its master, or lost its role.
  reconnectOnError: ({ message }: Error) => message.startsWith("READONLY"),
};

/** Told when a connection is ready, and when it is lost. */
export interface ConnectionListener {
  ready(client: Redis): void;
  /** Called for each failed attempt too. */
  lost(error: Error | undefined): void;
  /** Called with what is published, once the connection has subscribed. */
  message?(text: string): void;
}

/** A connection that is made again whenever it is lost or hangs, until it is closed. Commands are not kept for later. */
export class RedisConnection {
  #check: NodeJS.Timeout | undefined;
  #lastError: Error | undefined;

  private constructor(
    readonly client: Redis,
    listener: ConnectionListener,
  ) {
    // Without a listener an error would end the process. What it says is told when the connection closes.
    client.on("error", (error: Error) => {
      this.#lastError = error;
    });
    client.on("ready", () => {
      this.#lastError = undefined;
      listener.ready(client);
    });
    client.on("close", () => {
      listener.lost(this.#lastError);
    });
    client.on("message", (_channel: string, text: string) => listener.message?.(text));
  }

  /** Loads the client, which nobody needs who has no Redis, and starts to connect. */
  static async open(config: RedisConfig, listener: ConnectionListener): Promise<RedisConnection> {
    const { Redis } = await import("ioredis");
    const connection = new RedisConnection(new Redis(config.url.reveal(), options), listener);
    connection.#start();
    return connection;
  }

  get isReady(): boolean {
    return this.client.status === "ready";
  }

  close(): void {
    clearInterval(this.#check);
    this.client.disconnect();
  }

  #start(): void {
    // A failed first attempt is repeated like any other.
    this.client.connect().catch(() => undefined);
    this.#check = setInterval(() => {
      if (this.isReady) this.#ping();
    }, checkIntervalMs).unref();
  }

  #ping(): void {
    this.client.ping().catch((error: unknown) => {
      this.#lastError = error instanceof Error ? error : undefined;
      this.client.disconnect(true);
    });
  }
}
