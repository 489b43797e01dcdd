import { randomBytes } from "node:crypto";

import { LRUCache } from "lru-cache";
import type { Redis } from "ioredis";

import type { RedisConfig, SharedStateConfig } from "../config/index.js";
import type { Logger, SharedStateMetrics } from "../observability/index.js";
import { BoundedCommands } from "./bounded-commands.js";
import { KnownPauses } from "./known-pauses.js";
import { ReachLog } from "./reach-log.js";
import { RedisCallShares } from "./redis-call-shares.js";
import { RedisConnection } from "./redis-connection.js";
import { RedisCounts } from "./redis-counts.js";
import { RedisPauses } from "./redis-pauses.js";
import { RedisQueryTexts } from "./redis-query-texts.js";
import { StoreProbe } from "./store-probe.js";
import { decodeEvent, encodeEvent, sharedDigest } from "./shared-events.js";
import type { SharedEvent } from "./shared-events.js";
import type { ChangeListener, SharedState, TakeAskedCalls } from "./shared-state.js";

/** How many accounts' digests are kept. */
const maxDigests = 10_000;

export interface RedisSharedStateOptions {
  readonly redis: RedisConfig;
  readonly logger: Pick<Logger, "info" | "warn">;
  readonly metrics: SharedStateMetrics;
  /** The longest pause of an account, in milliseconds. */
  readonly maxPauseMs: number;
}

/**
 * Shares by Redis: events by its pub/sub; pauses also as keys that expire, for copies that start later; persisted queries
 * and counts as such keys. Accounts are digests there, and nothing else of them is told.
 */
export class RedisSharedState implements SharedState {
  readonly #me = randomBytes(12).toString("base64url");
  readonly #pauses: KnownPauses;
  readonly #storedPauses: RedisPauses;
  readonly #shares: RedisCallShares;
  readonly #counts: RedisCounts;
  readonly #digests = new LRUCache<string, string>({ max: maxDigests });
  readonly #listeners: ChangeListener[] = [];
  readonly #commands: BoundedCommands;
  readonly #queryTexts: RedisQueryTexts;
  /** What the next connections are made with. */
  #redis: RedisConfig;
  #events: RedisConnection | undefined;
  /** Whether the pauses that the Redis has were read. */
  #isCaughtUp = false;
  #isSubscribed = false;
  readonly #reach: ReachLog;
  #probe: StoreProbe | undefined;
  #isClosed = false;

  private constructor(private readonly options: RedisSharedStateOptions) {
    const { metrics, redis } = options;
    this.#redis = redis;
    this.#pauses = new KnownPauses(options.maxPauseMs);
    this.#reach = new ReachLog(options.logger, metrics);
    this.#commands = new BoundedCommands(metrics);
    this.#storedPauses = new RedisPauses(this.#commands, redis.prefix, this.#pauses);
    this.#counts = new RedisCounts(this.#commands, redis.prefix);
    this.#shares = new RedisCallShares({
      isReached: () => this.#isReached,
      tell: (calls) => {
        this.#announce({ kind: "calls", calls, from: this.#me });
      },
      digestOf: (accountId) => this.#digestOf(accountId),
    });
    this.#queryTexts = new RedisQueryTexts(this.#commands, redis.prefix, metrics);
  }

  /** Connects in the background: the Redis need not be there. */
  static async start(options: RedisSharedStateOptions): Promise<RedisSharedState> {
    const state = new RedisSharedState(options);
    const connection = await RedisConnection.open(() => state.#redis, {
      ready: (client) => state.#readPauses(client),
      lost: (error) => {
        state.#isCaughtUp = false;
        state.#lost(error);
      },
    });
    state.#commands.connection = connection;
    state.#probe = new StoreProbe(
      connection,
      `${options.redis.prefix}probe`,
      options.logger,
      options.metrics,
    );
    state.#events = await RedisConnection.open(() => state.#redis, {
      ready: (client) => state.#subscribe(client),
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
    if (forMs <= 0) return;
    const account = this.#digestOf(accountId);
    this.#announce({ kind: "pause", account, forMs, from: this.#me });
    this.#storedPauses.store(account, forMs);
  }

  announceChange(accountId: string): void {
    this.#announce({ kind: "change", account: this.#digestOf(accountId), forMs: 0, from: this.#me });
  }

  onChange(listener: ChangeListener): void {
    this.#listeners.push(listener);
  }

  callShare(accountId: string): number {
    return this.#shares.shareOf(accountId);
  }

  reportCalls(takeAsked: TakeAskedCalls): void {
    this.#shares.start(takeAsked);
  }

  countOperations(
    caller: string,
    window: number,
    count: number,
    keptMs: number,
  ): Promise<number | undefined> {
    return this.#counts.add(caller, window, count, keptMs);
  }

  queryText(hash: string): Promise<string | undefined> {
    return this.#queryTexts.get(hash);
  }

  shareQueryText(hash: string, text: string): void {
    this.#queryTexts.share(hash, text);
  }

  replaceLogins({ redis }: SharedStateConfig): void {
    if (redis === undefined || !isSameRedis(redis, this.#redis)) {
      this.options.logger.warn("REDIS_URL has changed in more than its login, which takes a restart");
      return;
    }
    this.#redis = redis;
  }

  close(): void {
    this.#isClosed = true;
    this.#reach.close();
    this.#probe?.close();
    this.#shares.close();
    this.#commands.connection?.close();
    this.#events?.close();
  }

  #announce(event: SharedEvent): void {
    const isSent = this.#commands.send((client) => client.publish(this.#channel, encodeEvent(event)));
    if (isSent) this.options.metrics.sent(event.kind);
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
    if (event.kind === "pause") this.#pauses.add(event.account, event.forMs);
    else if (event.kind === "calls") this.#shares.heard(event);
    else {
      const isAbout = (accountId: string): boolean => this.#digestOf(accountId) === event.account;
      for (const listener of this.#listeners) listener(isAbout);
    }
  }

  async #subscribe(client: Redis): Promise<void> {
    await client.subscribe(this.#channel);
    this.#isSubscribed = true;
    this.#ready();
  }

  /** Reads the pauses that began before this copy could hear of them. */
  async #readPauses(client: Redis): Promise<void> {
    await this.#storedPauses.readAll(client);
    this.#isCaughtUp = true;
    this.#ready();
  }

  /** Whether both connections are ready, and what came before is known. */
  get #isReached(): boolean {
    return this.#isCaughtUp && this.#isSubscribed;
  }

  #ready(): void {
    if (this.#isReached && !this.#isClosed) this.#reach.reached();
  }

  #lost(error: Error | undefined): void {
    if (!this.#isClosed) this.#reach.lost(error);
  }

  get #channel(): string {
    return `${this.options.redis.prefix}events`;
  }

  #digestOf(accountId: string): string {
    let digest = this.#digests.get(accountId);
    if (digest === undefined) {
      digest = sharedDigest(this.options.redis.prefix, accountId);
      this.#digests.set(accountId, digest);
    }
    return digest;
  }
}

/** Whether two configurations differ in their logins and CAs only. */
function isSameRedis(one: RedisConfig, other: RedisConfig): boolean {
  const [first, second] = [one, other].map(({ kind, addresses, primaryName, database, prefix, tls }) =>
    JSON.stringify([kind, addresses, primaryName, database, prefix, tls !== undefined]),
  );
  return first === second;
}
