import { connect as connectTcp, Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { isNativeError } from "node:util/types";

import { AbstractConnector, Redis } from "ioredis";
import type { RedisOptions } from "ioredis";

import type { RedisAddress, RedisConfig, RedisLogin } from "../config/index.js";
import { redisFinder } from "./find-redis.js";
import type { AskRedis, FindRedis } from "./find-redis.js";
import { guardStream } from "./guard-stream.js";

/** How long a command may take, and a connection to be made, in milliseconds. */
const commandTimeoutMs = 1000;
const connectTimeoutMs = 2000;

/** How long a connection may take to close, in milliseconds. The client waits as long where it has none. */
const closeTimeoutMs = 100;

const options = {
  lazyConnect: true,
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  // Whoever uses the client subscribes when it is ready: the client would not handle that its own attempt fails.
  autoResubscribe: false,
  disableClientInfo: true,
  maxRetriesPerRequest: 0,
  maxLoadingRetryTime: 1000,
  commandTimeout: commandTimeoutMs,
  connectTimeout: connectTimeoutMs,
} satisfies RedisOptions;

/**
 * Creates a client of the Redis, which finds the server that has the keys with each attempt to connect.
 *
 * @param current the configuration, whose logins and CA may change between two attempts
 * @param pauseMs how long it waits before an attempt, in milliseconds
 */
export function createRedisClient(current: () => RedisConfig, pauseMs: () => number): Redis {
  const { login, tls, database } = current();
  const client: Redis = new Redis({
    ...options,
    ...optionsOf(login, tls),
    db: database,
    retryStrategy: () => {
      const { user: username, password } = current().login;
      Object.assign(client.options, { username, password: password?.reveal() });
      return pauseMs();
    },
    // The server has lost its role, or its part of the keys.
    reconnectOnError: ({ message }) => /^(READONLY|MOVED) /.test(message),
    Connector: connectorTo(redisFinder(current(), askWith(current)), () => current().tls, true),
  });
  return client;
}

/** The library's own connectors for Sentinels and clusters are not used: they retry in silence, and let no stream be watched. */
class Connector extends AbstractConnector {
  #attempt = new AbortController();

  constructor(
    private readonly find: FindRedis,
    private readonly tls: () => RedisConfig["tls"],
    private readonly needsPrimary: boolean,
  ) {
    super(closeTimeoutMs);
  }

  /** @returns a stream that is closed where there is no server; the client tries again like after any other failure */
  override async connect(): Promise<Socket> {
    this.connecting = true;
    this.#attempt = new AbortController();
    try {
      const address = await this.find(this.#attempt.signal);
      this.#attempt.signal.throwIfAborted();
      this.stream = openStream(address, this.tls());
    } catch (error) {
      this.stream = new Socket();
      this.stream.destroy(isNativeError(error) ? error : new Error(String(error)));
    }
    const { stream } = this;
    // Of a stream that has failed by now the client asks the connector.
    stream.once("error", () => undefined);
    if (stream.errored === null) delete this.firstError;
    else this.firstError = stream.errored;
    return stream;
  }

  override check(info: { readonly role?: string } | undefined): boolean {
    if (!this.needsPrimary || info?.role === undefined || info.role === "master") return true;
    this.stream.destroy(new Error("the server is a replica"));
    return false;
  }

  override disconnect(): void {
    this.#attempt.abort();
    super.disconnect();
  }
}

function connectorTo(find: FindRedis, tls: () => RedisConfig["tls"], needsPrimary: boolean) {
  return class extends Connector {
    constructor() {
      super(find, tls, needsPrimary);
    }
  };
}

function openStream(address: RedisAddress, tls: RedisConfig["tls"]): Socket {
  const stream =
    tls === undefined
      ? connectTcp({ ...address })
      : connectTls({ ...address, ...(tls.ca !== undefined && { ca: tls.ca }) });
  guardStream(stream);
  return stream;
}

function optionsOf({ user, password }: RedisLogin, tls: RedisConfig["tls"]) {
  return {
    ...(user !== undefined && { username: user }),
    ...(password !== undefined && { password: password.reveal() }),
    // Which of the stream's events the client waits for.
    ...(tls !== undefined && { tls: {} }),
  };
}

function askWith(current: () => RedisConfig): AskRedis {
  return async (address, [name, ...words], signal) => {
    const { kind, login: ownLogin, sentinelLogin, tls } = current();
    const login = kind === "sentinel" ? sentinelLogin : ownLogin;
    signal.throwIfAborted();
    const client = new Redis({
      ...options,
      ...optionsOf(login, tls),
      enableReadyCheck: false,
      retryStrategy: () => null,
      Connector: connectorTo(
        () => Promise.resolve(address),
        () => tls,
        false,
      ),
    });
    let cause: Error | undefined;
    client.on("error", (error: Error) => {
      cause = error;
    });
    const stop = (): void => {
      client.disconnect();
    };
    signal.addEventListener("abort", stop, { once: true });
    try {
      await client.connect();
      return await client.call(name, ...words);
    } catch (error) {
      throw cause ?? error;
    } finally {
      signal.removeEventListener("abort", stop);
      client.disconnect();
    }
  };
}
