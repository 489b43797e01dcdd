import type { Redis } from "ioredis";

import type { SharedStateMetrics } from "../observability/index.js";
import type { RedisConnection } from "./redis-connection.js";

/** The most commands that have not ended: more are dropped, because the Redis is too slow. */
const maxInFlight = 1000;

/** How long a read may be waited for, in milliseconds. */
export const readTimeoutMs = 100;

/** Sends commands that do not fail: what cannot be sent, or is not answered, is dropped and counted. */
export class BoundedCommands {
  /** undefined until it is opened. */
  connection: RedisConnection | undefined;
  #inFlight = 0;

  constructor(private readonly metrics: SharedStateMetrics) {}

  /** @returns whether it was sent; nobody waits for what becomes of it */
  send(command: (client: Redis) => Promise<unknown>): boolean {
    return this.#run(command) !== undefined;
  }

  /** @returns undefined where the Redis does not respond in time */
  async read<T>(command: (client: Redis) => Promise<T>): Promise<T | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => {
        this.metrics.dropped("late");
        resolve(undefined);
      }, readTimeoutMs);
    });
    try {
      return await Promise.race([this.#run(command), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  #run<T>(command: (client: Redis) => Promise<T>): Promise<T | undefined> | undefined {
    const { connection, metrics } = this;
    if (connection?.isReady !== true || this.#inFlight >= maxInFlight) {
      metrics.dropped(connection?.isReady === true ? "busy" : "unreachable");
      return undefined;
    }
    this.#inFlight += 1;
    return command(connection.client)
      .catch(() => {
        metrics.dropped("failed");
        return undefined;
      })
      .finally(() => {
        this.#inFlight -= 1;
      });
  }
}
