import { isNativeError } from "node:util/types";

import type { Logger, SharedStateMetrics } from "../observability/index.js";
import { readTimeoutMs } from "./bounded-commands.js";
import { causeOf } from "./error-cause.js";
import type { RedisConnection } from "./redis-connection.js";

/** How often it is tried, in milliseconds. */
const intervalMs = 1000;

/** How many tries in a row must say the same to be believed. */
const inRow = 3;

/** Stores and deletes a key at once. KEYS: the key. */
const script = "redis.call('SET', KEYS[1], '1', 'PX', 1000) redis.call('DEL', KEYS[1])";

/**
 * Finds out whether a Redis that is in reach stores what it is told, and responds before a reader gives up; says so once where
 * it does not, and once when it does again. Events work without that, so the connection is kept.
 */
export class StoreProbe {
  readonly #timer: NodeJS.Timeout;
  /** Whether the log says that something is wrong. */
  #isImpaired = false;
  /** How many tries in a row have said otherwise. */
  #others = 0;

  constructor(
    private readonly connection: RedisConnection,
    private readonly key: string,
    private readonly logger: Pick<Logger, "info" | "warn">,
    private readonly metrics: SharedStateMetrics,
  ) {
    this.#timer = setInterval(() => void this.#probe(), intervalMs).unref();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #probe(): Promise<void> {
    const { connection } = this;
    if (!connection.isReady) return;
    const startMs = performance.now();
    try {
      await connection.client.eval(script, 1, this.key);
      const isLate = performance.now() - startMs > readTimeoutMs;
      this.#found(isLate ? `no response within ${readTimeoutMs} ms` : undefined);
    } catch (error) {
      // Anything else than the server's reply is about the connection, which is watched elsewhere.
      if (isNativeError(error) && error.name === "ReplyError") this.#found(causeOf(error));
    }
  }

  #found(cause: string | undefined): void {
    const isImpaired = cause !== undefined;
    this.#others = isImpaired === this.#isImpaired ? 0 : this.#others + 1;
    if (this.#others < inRow) return;
    this.#others = 0;
    this.#isImpaired = isImpaired;
    this.metrics.impaired(isImpaired);
    if (!isImpaired) this.logger.info("the shared state stores in time again");
    else {
      this.logger.warn(
        { cause },
        "the shared state does not store in time: this copy goes on without what it cannot store or read",
      );
    }
  }
}
