import { LRUCache } from "lru-cache";

import { waitFor, withDeadline } from "./deadline.js";
import type { LightAbortSignal } from "./light-abort.js";
import type { UpstreamOperation } from "./upstream-error.js";

/** A value and how long it may be used. */
export interface Loaded<T> {
  readonly value: T;
  readonly lifetimeMs: number;
}

/** Gets a value, until `signal` says that it takes too long. */
export type Load<T> = (signal: AbortSignal) => Promise<Loaded<T>>;

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
}

/** Whether a value is in its lifetime, past it, or was found not to work. */
export type Standing = "current" | "expired" | "suspect";

interface Kept<T> extends Loaded<T> {
  readonly sinceMs: number;
  /** Whether somebody found the value not to work. */
  readonly isSuspect: boolean;
  /** After a failed load, when to try again. */
  readonly retryAtMs: number;
}

/** The part of its lifetime after which a value is refreshed, in the background, when it is next used. */
const refreshAfter = 0.8;

/** How long the last good value is used after a failed load before the next load. */
const retryPauseMs = 5_000;

/**
 * Values that are costly to get: each is kept for its lifetime, refreshed before that ends, and loaded once
 * at a time however many wait for it. Everything happens on use; no timer runs in between.
 */
export class RefreshingCache<T> {
  readonly #kept: LRUCache<string, Kept<T>>;
  readonly #loading = new Map<string, Promise<T>>();

  constructor(private readonly options: RefreshingCacheOptions) {
    this.#kept = new LRUCache({ max: options.capacity });
  }

  /**
   * @param signal until when this caller waits; the load goes on for the others
   * @param load used unless a load for the key is under way
   */
  async get(key: string, signal: LightAbortSignal, load: Load<T>): Promise<T> {
    const kept = this.#kept.get(key);
    const now = this.options.now();
    if (kept === undefined || !isUsable(kept, now)) {
      return waitFor(this.#load(key, load, kept), signal, this.options.operation);
    }
    const isDue = now >= kept.sinceMs + kept.lifetimeMs * refreshAfter && now >= kept.retryAtMs;
    if (isDue) void this.#load(key, load, kept);
    return kept.value;
  }

  /** The value is to be loaded again before its next use, and only stands in where that fails. */
  suspect(key: string, value: T): void {
    const kept = this.#kept.get(key);
    if (kept?.value === value) this.#kept.set(key, { ...kept, isSuspect: true });
  }

  #load(key: string, load: Load<T>, kept: Kept<T> | undefined): Promise<T> {
    const running = this.#loading.get(key);
    if (running !== undefined) return running;
    // Where something can stand in, half of the time is left for the use of it.
    const timeoutMs = kept === undefined ? this.options.timeoutMs : this.options.timeoutMs / 2;
    const loading = withDeadline(timeoutMs, load)
      .then(
        (loaded) => this.#keep(key, loaded),
        (error: unknown) => this.#standIn(key, kept, error),
      )
      .finally(() => this.#loading.delete(key));
    // Those who wait handle it; a failure that nobody waits for any more is no failure.
    loading.catch(() => undefined);
    this.#loading.set(key, loading);
    return loading;
  }

  #keep(key: string, loaded: Loaded<T>): T {
    const sinceMs = this.options.now();
    this.#kept.set(key, { ...loaded, sinceMs, isSuspect: false, retryAtMs: sinceMs });
    return loaded.value;
  }

  /** @throws `error` where no last good value may stand in */
  #standIn(key: string, known: Kept<T> | undefined, error: unknown): T {
    const kept = this.#kept.get(key) ?? known;
    const now = this.options.now();
    if (kept === undefined || !this.options.outlives(error, standingOf(kept, now))) {
      this.#kept.delete(key);
      throw error;
    }
    this.options.onStandIn?.(error);
    this.#kept.set(key, { ...kept, retryAtMs: now + retryPauseMs });
    return kept.value;
  }
}

function standingOf<T>({ sinceMs, lifetimeMs, isSuspect }: Kept<T>, now: number): Standing {
  if (isSuspect) return "suspect";
  return now < sinceMs + lifetimeMs ? "current" : "expired";
}

/** Current, or standing in for a value that could not be loaded a moment ago. */
function isUsable<T>(kept: Kept<T>, now: number): boolean {
  const standing = standingOf(kept, now);
  return standing === "current" || (standing === "expired" && now < kept.retryAtMs);
}
