import { LRUCache } from "lru-cache";

import type { CallContext, UpstreamOperation } from "../http/index.js";
import { DeadlinePassed, faultOfAbort, UpstreamError } from "../http/index.js";
import { sleep } from "../../lib/index.js";
import { SharedLoad } from "./shared-load.js";
import type { Waiter } from "./shared-load.js";

/** A value and how long it may be used. */
export interface Loaded<T> {
  readonly value: T;
  readonly lifetimeMs: number;
}

/** Gets a value, until the signal of `context` says that it takes too long. */
export type Load<T> = (context: Waiter) => Promise<Loaded<T>>;

/** A failure that is told again for a while, instead of loading again. Small: strangers make many of them. */
export interface Refusal {
  readonly lastsMs: number;
  /** Whether a caller whose deadline allows it waits for the end and loads then. */
  readonly isPause: boolean;
  /** @param remainingMs how long it still lasts */
  readonly error: (remainingMs: number) => Error;
}

export interface RefreshingCacheOptions {
  /** What is loaded, for the error of a waiter whose time is up. */
  readonly operation: UpstreamOperation;
  /** How many values are kept; the least recently used goes first. */
  readonly capacity: number;
  /** How long a load may take. */
  readonly timeoutMs: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Whether the last good value, being what it is now, is to be used though a load failed with `error`. */
  readonly outlives: (error: unknown, standing: Standing) => boolean;
  /** Told once for each failed load that the last good value stood in for. */
  readonly onStandIn?: (error: unknown) => void;
  /** What a failed load means for those who ask next; undefined: they load again. */
  readonly refusalOf?: (error: unknown, key: string) => Refusal | undefined;
}

/** Whether a value is in its lifetime, past it, or was found not to work. */
export type Standing = "current" | "expired" | "suspect";

/** Who asks. Without a deadline, in epoch milliseconds, nobody waits for a pause to end. */
export type Asker = Waiter & Partial<Pick<CallContext, "deadlineAtMs">>;

interface Kept<T> extends Loaded<T> {
  readonly sinceMs: number;
  /** Whether somebody found the value not to work. */
  readonly isSuspect: boolean;
  /** After a failed load, when to try again. */
  readonly retryAtMs: number;
  /** The end of its lifetime, or later where it stands in for a while. */
  readonly usableUntilMs: number;
}

interface Refused extends Refusal {
  readonly untilMs: number;
}

/** How many refusals are kept: strangers can ask for what does not exist without end. */
const maxRefusals = 2_000;

/** The part of its lifetime after which a value is refreshed, in the background, when it is next used. */
const refreshAfter = 0.8;

/** How long the last good value is used after a failed load before the next load, at least. */
const retryPauseMs = 5_000;

/**
 * Values that are costly to get: each is kept for its lifetime, refreshed before that ends, and loaded once
 * at a time however many wait for it. Everything happens on use; no timer runs in between.
 */
export class RefreshingCache<T> {
  readonly #kept: LRUCache<string, Kept<T>>;
  /** Apart from what was found, so that asking for what does not exist pushes out nothing that does. */
  readonly #refused: LRUCache<string, Refused>;
  readonly #loading = new Map<string, SharedLoad<T>>();

  constructor(private readonly options: RefreshingCacheOptions) {
    this.#kept = new LRUCache({ max: options.capacity });
    this.#refused = new LRUCache({ max: maxRefusals });
  }

  /**
   * @param asker waits no longer than its own signal says; the load goes on for the others
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

  /** @returns whether there is by now a newer value, or none that works */
  isOutdated(key: string, value: T): boolean {
    const kept = this.#kept.get(key);
    return kept?.value !== value || kept.isSuspect || this.options.now() >= kept.usableUntilMs;
  }

  /** The value is to be loaded again before its next use, and only stands in where that fails. */
  suspect(key: string, value: T): void {
    const kept = this.#kept.get(key);
    if (kept?.value === value) this.#kept.set(key, { ...kept, isSuspect: true });
  }

  /** @throws the error of a refusal that still lasts, unless it is a pause that the asker has the time for */
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
      // Where something can stand in, half of the time is left for the use of it.
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
