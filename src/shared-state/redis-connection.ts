import { isNativeError } from "node:util/types";

import type { Redis } from "ioredis";

import type { RedisConfig } from "../config/index.js";

/** The pauses between two attempts to connect, in milliseconds: they grow up to the longest, and vary by a half. */
const firstPauseMs = 50;
const longestPauseMs = 2000;

/** How often a connection is checked, in milliseconds: one that hangs is replaced. */
const checkIntervalMs = 1000;

/** For how many checks a server may accept commands, but not be ready: it loads its data, or waits for its primary. */
const maxUnreadyChecks = 2;

/** How long a connection must have been ready for the pauses to start anew, in milliseconds. */
const stableMs = 5000;

/** Told when a connection is ready, and when it is lost. */
export interface ConnectionListener {
  /** The connection is replaced where this fails. */
  ready(client: Redis): Promise<void>;
  /** Called for each failed attempt too. */
  lost(error: Error | undefined): void;
  /** Called with what is published, once the connection has subscribed. */
  message?(text: string): void;
}

/** A connection that is made again whenever it is lost or hangs, until it is closed. Commands are not kept for later. */
export class RedisConnection {
  readonly client: Redis;
  #check: NodeJS.Timeout | undefined;
  #lastError: Error | undefined;
  /** How many attempts have failed, or led to a connection that was lost soon. */
  #attempts = 0;
  /** By `performance.now()`; undefined while the connection is not ready. */
  #readySinceMs: number | undefined;
  /** Whether it is closed to be made again. */
  #isReplaced = false;
  /** How many checks there were. */
  #checks = 0;
  /** How many of them in a row have found a connection that is not ready. */
  #unreadyChecks = 0;

  private constructor(
    createClient: (pauseMs: () => number) => Redis,
    private readonly prefix: string,
    listener: ConnectionListener,
  ) {
    const client = createClient(() => this.#nextPauseMs());
    this.client = client;
    // Without a listener an error would end the process. What it says is told when the connection closes.
    client.on("error", (error: Error) => {
      this.#lastError = error;
    });
    client.on("ready", () => {
      this.#lastError = undefined;
      this.#readySinceMs = performance.now();
      listener.ready(client).catch((error: unknown) => {
        this.#replace(error);
      });
    });
    client.on("close", () => {
      this.#isReplaced = false;
      listener.lost(this.#lastError);
    });
    client.on("message", (_channel: string, text: string) => listener.message?.(text));
  }

  /** Loads the client, which nobody needs who has no Redis, and starts to connect. */
  static async open(current: () => RedisConfig, listener: ConnectionListener): Promise<RedisConnection> {
    const { createRedisClient } = await import("./redis-client.js");
    const create = (pauseMs: () => number): Redis => createRedisClient(current, pauseMs);
    const connection = new RedisConnection(create, current().prefix, listener);
    connection.#start();
    return connection;
  }

  get isReady(): boolean {
    return this.client.status === "ready" && !this.#isReplaced;
  }

  close(): void {
    clearInterval(this.#check);
    this.client.disconnect();
  }

  #start(): void {
    // A failed first attempt is repeated like any other.
    this.client.connect().catch(() => undefined);
    this.#check = setInterval(() => {
      this.#checkServer().catch((error: unknown) => {
        this.#replace(error);
      });
    }, checkIntervalMs).unref();
  }

  /**
   * Asks for a key, because a node of a cluster that has not got it any longer says so, and for a word that no other command
   * is answered with: a reply too many or too few gives each command that of another.
   */
  async #checkServer(): Promise<void> {
    this.#unreadyChecks = this.client.status === "connect" ? this.#unreadyChecks + 1 : 0;
    if (this.#unreadyChecks > maxUnreadyChecks) throw new Error("the server is not ready");
    if (!this.isReady) return;
    this.#checks += 1;
    const word = `check ${this.#checks}`;
    const [, answer] = await Promise.all([this.client.pttl(this.prefix), this.client.ping(word)]);
    if (answer !== word) throw new Error("the replies are not in the order of the commands");
  }

  #replace(error: unknown): void {
    // It may be replaced already: that is what has failed then.
    if (this.#isReplaced || !["ready", "connect"].includes(this.client.status)) return;
    this.#lastError = isNativeError(error) ? error : undefined;
    this.#isReplaced = true;
    this.client.disconnect(true);
  }

  #nextPauseMs(): number {
    const wasStable = this.#readySinceMs !== undefined && performance.now() - this.#readySinceMs > stableMs;
    this.#readySinceMs = undefined;
    this.#attempts = wasStable ? 1 : this.#attempts + 1;
    return Math.min(firstPauseMs * 2 ** this.#attempts, longestPauseMs) * (0.5 + Math.random());
  }
}
