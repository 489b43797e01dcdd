import { randomBytes } from "node:crypto";

import { LRUCache } from "lru-cache";
import type { Redis } from "ioredis";

import type { RedisConfig } from "../config/index.js";
import type { Logger, SharedStateMetrics } from "../observability/index.js";
import { BoundedCommands } from "./bounded-commands.js";
import { causeOf } from "./error-cause.js";
import { KnownPauses, maxPauses } from "./known-pauses.js";
import { RedisConnection } from "./redis-connection.js";
import { RedisQueryTexts } from "./redis-query-texts.js";
import { accountDigest, decodeEvent, encodeEvent } from "./shared-events.js";
import type { SharedEvent } from "./shared-events.js";
import type { ChangeListener, SharedState } from "./shared-state.js";

/** How many accounts' digests are kept. */
const maxDigests = 10_000;

/** Sets a pause, unless one that ends later is set. KEYS: the pause; ARGV: how long it lasts, in milliseconds. */
const setPauseScript =
  "if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[1]) then redis.call('SET', KEYS[1], '1', 'PX', ARGV[1]) end";

export interface RedisSharedStateOptions {
  readonly redis: RedisConfig;
  readonly logger: Pick<Logger, "info" | "warn">;
  readonly metrics: SharedStateMetrics;
  /** The longest pause of an account, in milliseconds. */
  readonly maxPauseMs: number;
}

/**
 * Shares by Redis: events by its pub/sub, and pauses also as keys that expire, for copies that start later. Accounts are
 * digests there, and nothing else of them is told.
 */
export class RedisSharedState implements SharedState {
  readonly #me = randomBytes(12).toString("base64url");
  readonly #pauses: KnownPauses;
  readonly #digests = new LRUCache<string, string>({ max: maxDigests });
  readonly #listeners: ChangeListener[] = [];
  readonly #commands: BoundedCommands;
  readonly #queryTexts: RedisQueryTexts;
  #events: RedisConnection | undefined;
  /** Whether the pauses that the Redis has were read. */
  #isCaughtUp = false;
  #isSubscribed = false;
  /** Whether the log says that it is out of reach. */
  #isLossLogged = false;
  #isClosed = false;

  private constructor(private readonly options: RedisSharedStateOptions) {
    const { metrics, redis } = options;
    this.#pauses = new KnownPauses(options.maxPauseMs);
    this.#commands = new BoundedCommands(metrics);
    this.#queryTexts = new RedisQueryTexts(this.#commands, redis.prefix, metrics);
  }

  /** Connects in the background: the Redis need not be there. */
  static async start(options: RedisSharedStateOptions): Promise<RedisSharedState> {
    const state = new RedisSharedState(options);
    state.#commands.connection = await RedisConnection.open(options.redis, {
      ready: (client) => {
        state.#readPauses(client);
      },
      lost: (error) => {
        state.#isCaughtUp = false;
        state.#lost(error);
      },
    });
    state.#events = await RedisConnection.open(options.redis, {
      ready: (client) => {
        state.#subscribe(client);
      },
      lost: (error) => {
        state.#isSubscribed = false;
        state.#lost(error);
      },
      message: (message) => {
        state.#received(message);
      },
    });
    return state;
  }

  get hasPauses(): boolean {
    return !this.#pauses.isEmpty;
  }

  pausedUntilMs(accountId: string): number {
    return this.#pauses.untilMs(this.#digestOf(accountId));
  }

  announcePause(accountId: string, untilMs: number): void {
    const forMs = Math.ceil(untilMs - Date.now());
    if (forMs > 0) this.#announce({ kind: "pause", account: this.#digestOf(accountId), forMs });
  }

  announceChange(accountId: string): void {
    this.#announce({ kind: "change", account: this.#digestOf(accountId), forMs: 0 });
  }

  onChange(listener: ChangeListener): void {
    this.#listeners.push(listener);
  }

  queryText(hash: string): Promise<string | undefined> {
    return this.#queryTexts.get(hash);
  }

  shareQueryText(hash: string, text: string): void {
    this.#queryTexts.share(hash, text);
  }

  close(): void {
    this.#isClosed = true;
    this.#commands.connection?.close();
    this.#events?.close();
  }

  #announce({ kind, account, forMs }: Omit<SharedEvent, "from">): void {
    const message = encodeEvent({ kind, account, forMs, from: this.#me });
    const isSent = this.#commands.send((client) =>
      Promise.all([
        client.publish(this.#channel, message),
        ...(kind === "pause" ? [client.eval(setPauseScript, 1, this.#pauseKey(account), forMs)] : []),
      ]),
    );
    if (isSent) this.options.metrics.sent(kind);
  }

  #received(message: string): void {
    const { metrics } = this.options;
    const event = decodeEvent(message);
    if (event === undefined) {
      metrics.dropped("invalid");
      return;
    }
    if (event.from === this.#me) return;
    metrics.received(event.kind);
    if (event.kind === "pause") {
      this.#pauses.add(event.account, event.forMs);
      return;
    }
    const isAbout = (accountId: string): boolean => this.#digestOf(accountId) === event.account;
    for (const listener of this.#listeners) listener(isAbout);
  }

  #subscribe(client: Redis): void {
    client.subscribe(this.#channel).then(
      () => {
        this.#isSubscribed = true;
        this.#ready();
      },
      // It subscribes anew when it is ready again.
      () => {
        client.disconnect(true);
      },
    );
  }

  /** Reads the pauses that began before this copy could hear of them. */
  #readPauses(client: Redis): void {
    this.#pausesOf(client).then(
      () => {
        this.#isCaughtUp = true;
        this.#ready();
      },
      () => {
        client.disconnect(true);
      },
    );
  }

  async #pausesOf(client: Redis): Promise<void> {
    const start = this.#pauseKey("");
    let cursor = "0";
    let count = 0;
    do {
      const [next, keys] = await client.scan(cursor, "MATCH", `${escapePattern(start)}*`, "COUNT", 500);
      const lasting = await Promise.all(keys.map((key) => client.pttl(key)));
      keys.forEach((key, index) => {
        this.#pauses.add(key.slice(start.length), lasting[index] ?? 0);
      });
      cursor = next;
      count += keys.length;
    } while (cursor !== "0" && count < maxPauses);
  }

  /** Finds out whether both connections are ready, and what came before is known. */
  #update(): boolean {
    const isReached = this.#isCaughtUp && this.#isSubscribed;
    this.options.metrics.reached(isReached);
    return isReached;
  }

  #ready(): void {
    if (!this.#update() || !this.#isLossLogged) return;
    this.#isLossLogged = false;
    this.options.logger.info("the shared state is in reach again");
  }

  /** Says so once, however often it is tried to connect again. */
  #lost(error: Error | undefined): void {
    if (this.#isClosed) return;
    this.#update();
    if (this.#isLossLogged) return;
    this.#isLossLogged = true;
    this.options.logger.warn(
      { cause: causeOf(error) },
      "the shared state is out of reach: this copy goes on alone",
    );
  }

  get #channel(): string {
    return `${this.options.redis.prefix}events`;
  }

  #pauseKey(account: string): string {
    return `${this.options.redis.prefix}pause:${account}`;
  }

  #digestOf(accountId: string): string {
    let digest = this.#digests.get(accountId);
    if (digest === undefined) {
      digest = accountDigest(this.options.redis.prefix, accountId);
      this.#digests.set(accountId, digest);
    }
    return digest;
  }
}

/** Escapes what has a meaning in a pattern of SCAN. */
function escapePattern(text: string): string {
  return text.replace(/[\\*?[\]]/g, "\\$&");
}
