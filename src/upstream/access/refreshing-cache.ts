import { LRUCache } from "lru-cache";

import type { CallContext, UpstreamOperation } from "../http/index.js";
import { DeadlinePassed, faultOfAbort, UnsentCallError, UpstreamError } from "../http/index.js";
import { sleep } from "../../lib/index.js";
import { SharedLoad } from "./shared-load.js";
import type { Waiter } from "./shared-load.js";

/** A value and how long it may be used. */
export interface Loaded<T> {
  readonly value: T;
  readonly lifetimeMs: number;
}

/** Loads a value; to be cancelled when the signal of `context` is aborted. */
export type Load<T> = (context: Waiter) => Promise<Loaded<T>>;

/** A failure that is repeated for a while instead of loading again. Kept small: strangers can cause many. */
export interface Refusal {
  readonly lastsMs: number;
  /** Whether a caller whose deadline allows it waits for the end, and then loads. */
  readonly isPause: boolean;
  /** @param remainingMs until the refusal ends */
  readonly error: (remainingMs: number) => Error;
}

export interface RefreshingCacheOptions {
  /** The operation that loads, for the error of a waiter whose deadline passes. */
  readonly operation: UpstreamOperation;
  /** How many values are kept; the least recently used goes first. */
  readonly capacity: number;
  /** How long a load may take, in milliseconds. */
  readonly timeoutMs: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Whether the last good value may stand in after a load failed with `error`. */
  readonly outlives: (error: unknown, standing: Standing) => boolean;
  /** Called once for each failed load that the last good value stands in for. */
  readonly onStandIn?: (error: unknown) => void;
  /** The refusal of the next callers after a failed load; undefined: they load again. */
  readonly refusalOf?: (error: unknown, key: string) => Refusal | undefined;
}

/** Whether a value is in its lifetime, past it, or was found not to work. */
export type Standing = "current" | "expired" | "suspect";

/** A caller that asks for a value. Without a deadline it does not wait for a pause to end. */
export type Asker = Waiter & Partial<Pick<CallContext, "deadlineAtMs">>;

interface Kept<T> extends Loaded<T> {
  readonly sinceMs: number;
  /** Whether a caller reported that the value does not work. */
  readonly isSuspect: boolean;
  /** After a failed load, when to try again. */
  readonly retryAtMs: number;
  /** The end of its lifetime, or later where it stands in for a while. */
  readonly usableUntilMs: number;
}

interface Refused extends Refusal {
  readonly untilMs: number;
}

/** How many refusals are kept: strangers can ask for any number of accounts that do not exist. */
const maxRefusals = 2_000;

/** The part of its lifetime after which a value is refreshed, in the background, when it is next used. */
const refreshAfter = 0.8;

/** The least time between a failed load that the last good value stands in for and the next load. */
const retryPauseMs = 5_000;

/**
 * Caches values that are costly to load: each for its lifetime, refreshed in the background before that ends. Callers
 * that ask for one key at the same time share one load. All work is done on use; no timer runs.
 */
export class RefreshingCache<T> {
  readonly #kept: LRUCache<string, Kept<T>>;
  /** Apart from the values, so that refusals evict none of them. */
  readonly #refused: LRUCache<string, Refused>;
  readonly #loading = new Map<string, SharedLoad<T>>();

  constructor(private readonly options: RefreshingCacheOptions) {
    this.#kept = new LRUCache({ max: options.capacity });
    this.#refused = new LRUCache({ max: maxRefusals });
  }

  /**
   * @param asker stops waiting when its own signal is aborted; the load goes on for the others
   * @param load used unless a load for the key is under way
   */
  async get(key: string, asker: Asker, load: Load<T>): Promise<T> {
    const kept = this.#kept.get(key);
    const now = this.options.now();
    if (kept === undefined || kept.isSuspect || now >= kept.usableUntilMs) {
      await this.#passRefusal(key, asker);
      return this.#load(key, load, kept).wait(asker);
    }
    const isDue = now >= kept.sinceMs + kept.lifetimeMs * refreshAfter && now >= kept.retryAtMs;
    if (isDue) this.#load(key, load, kept);
    return kept.value;
  }

  /** @returns whether the value was replaced, has expired or is suspect */
  isOutdated(key: string, value: T): boolean {
    const kept = this.#kept.get(key);
    return kept?.value !== value || kept.isSuspect || this.options.now() >= kept.usableUntilMs;
  }

  /** Makes the next use load the value anew; the old one may only stand in if that fails. */
  suspect(key: string, value: T): void {
    const kept = this.#kept.get(key);
    if (kept?.value === value) this.#kept.set(key, { ...kept, isSuspect: true });
  }

  /** @throws the error of a refusal that still lasts, unless it is a pause that ends before the deadline */
  async #passRefusal(key: string, { signal, deadlineAtMs = 0 }: Asker): Promise<void> {
    const refused = this.#refused.get(key);
    const remainingMs = refused === undefined ? 0 : refused.untilMs - this.options.now();
    if (refused === undefined || remainingMs <= 0) return;
    const { operation } = this.options;
    if (!refused.isPause || Date.now() + remainingMs >= deadlineAtMs) throw refused.error(remainingMs);
    if (!(await sleep(remainingMs, signal))) throw new UpstreamError(faultOfAbort(signal), operation);
  }

  #load(key: string, load: Load<T>, kept: Kept<T> | undefined): SharedLoad<T> {
    const running = this.#loading.get(key);
    if (running?.mayBeJoined === true) return running;
    const { operation, timeoutMs, outlives, now } = this.options;
    const isCutOnTime = kept !== undefined && outlives(new DeadlinePassed(), standingOf(kept, now()));
    const work = async (context: Waiter): Promise<T> => {
      try {
        return this.#keep(key, await load(context));
      } catch (error) {
        return this.#standIn(key, kept, error);
      } finally {
        if (this.#loading.get(key) === loading) this.#loading.delete(key);
      }
    };
    const loading = new SharedLoad(work, {
      operation,
      // Where a value can stand in, half of the time is left for the request that uses it.
      timeoutMs: isCutOnTime ? timeoutMs / 2 : timeoutMs,
      isCutOnTime,
    });
    this.#loading.set(key, loading);
    return loading;
  }

  #keep(key: string, loaded: Loaded<T>): T {
    const sinceMs = this.options.now();
    const usableUntilMs = sinceMs + loaded.lifetimeMs;
    this.#kept.set(key, { ...loaded, sinceMs, isSuspect: false, retryAtMs: sinceMs, usableUntilMs });
    this.#refused.delete(key);
    return loaded.value;
  }

  /** @throws `error` where no last good value may stand in */
  #standIn(key: string, known: Kept<T> | undefined, error: unknown): T {
    const kept = this.#kept.get(key) ?? known;
    const { now, outlives, refusalOf, onStandIn } = this.options;
    const nowMs = now();
    const refusal = refusalOf?.(error, key);
    if (kept === undefined || !outlives(error, standingOf(kept, nowMs))) {
      this.#kept.delete(key);
      if (refusal !== undefined) this.#refused.set(key, { ...refusal, untilMs: nowMs + refusal.lastsMs });
      throw error;
    }
    onStandIn?.(error);
    const retryAtMs = nowMs + Math.max(retryPauseMs, refusal?.lastsMs ?? 0);
    const usableUntilMs = outlives(error, "expired")
      ? Math.max(kept.usableUntilMs, retryAtMs)
      : kept.usableUntilMs;
    this.#kept.set(key, { ...kept, retryAtMs, usableUntilMs });
    return kept.value;
  }
}

function standingOf<T>({ sinceMs, lifetimeMs, isSuspect }: Kept<T>, now: number): Standing {
  if (isSuspect) return "suspect";
  return now < sinceMs + lifetimeMs ? "current" : "expired";
}

/** The refusal that follows a 429 of the service that values are loaded from. */
export function pauseOf(error: unknown): Refusal | undefined {
  if (!(error instanceof UpstreamError) || error.retryAfterSeconds === undefined) return undefined;
  const { operation, retryAfterSeconds } = error;
  return {
    lastsMs: retryAfterSeconds * 1000,
    isPause: true,
    error: (remainingMs) =>
      new UnsentCallError("rate-limited", operation, { retryAfterSeconds: Math.ceil(remainingMs / 1000) }),
  };
}
