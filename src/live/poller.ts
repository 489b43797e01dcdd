import { randomUUID } from "node:crypto";

import { AbortSource } from "../lib/index.js";
import type { LiveMetrics } from "../observability/index.js";
import { CallCancelled, DeadlinePassed, UpstreamError } from "../upstream/http/index.js";
import type { CallContext, UpstreamFault } from "../upstream/http/index.js";
import type { LiveTimes } from "./options.js";
import type { StateBudget } from "./state-budget.js";

/** A poller's latest state. A new object after each successful poll, and when it becomes stale. */
export interface Snapshot<State> {
  /** The same object until the upstream sends different data. */
  readonly state: State;
  readonly observedAt: Date;
  /** Whether no poll has succeeded for {@link staleAfterIntervals} intervals. */
  readonly isStale: boolean;
}

/** Receives a poller's changes. */
export interface Follower {
  /** Whether time alone can bring a change, so that each poll has to be notified of. */
  readonly dependsOnTime: boolean;
  /** Called when the state or the staleness has changed. */
  notify(): void;
  /** Called when a poll failed in a way that later polls would repeat. The poller has ended. */
  fail(error: Error): void;
}

export interface PollerOptions<State> {
  /** The `Authorization` of the polls. */
  readonly authorization: string | undefined;
  readonly times: LiveTimes;
  readonly observer: LiveMetrics;
  /**
   * Requests the state from the upstream.
   *
   * @param previous the state of the last successful poll
   * @returns `previous` itself where nothing has changed
   */
  readonly ask: (context: CallContext, previous: State | undefined) => Promise<State>;
  /** How many records a state has. */
  readonly recordsIn: (state: State) => number;
  readonly budget: StateBudget;
  /** The clock that snapshots are observed by, in epoch milliseconds. */
  readonly now: () => number;
  /** Called once, when the last follower has left or the poller has failed. */
  readonly onEnd: () => void;
}

/** Faults that later polls would repeat. */
const lastingFaults: ReadonlySet<UpstreamFault> = new Set([
  "bad-request",
  "unauthenticated",
  "forbidden",
  "not-found",
]);

/** Polls slow down to this many intervals while the upstream fails. */
const maxSlowness = 12;

/** Intervals without a successful poll after which a snapshot is stale. */
const staleAfterIntervals = 3;

/** The interval varies randomly by this share, so that pollers that started together spread out. */
const jitter = 0.1;

/** Polls the upstream with one question, for all its followers, from the first to the last. */
export class Poller<State> {
  #snapshot: Snapshot<State> | undefined;
  /** How many records of the budget the snapshot takes. */
  #records = 0;
  readonly #followers = new Set<Follower>();
  #timer: NodeJS.Timeout | undefined;
  #staleTimer: NodeJS.Timeout | undefined;
  #poll: AbortSource | undefined;
  #startedAtMs = -Infinity;
  #notBeforeMs = -Infinity;
  #isWoken = false;
  #slowness = 1;
  #hasEnded = false;

  constructor(private readonly options: PollerOptions<State>) {}

  /** undefined before the first response. */
  get snapshot(): Snapshot<State> | undefined {
    return this.#snapshot;
  }

  /** The first follower starts the polls. */
  follow(follower: Follower): void {
    this.#followers.add(follower);
    if (this.#poll === undefined && this.#timer === undefined) this.#start();
  }

  /** The last follower ends the polls. */
  unfollow(follower: Follower): void {
    if (this.#followers.delete(follower) && this.#followers.size === 0) this.#end();
  }

  /**
   * Schedules a poll as soon as possible, after a running poll, whose response may be outdated. However often this is
   * called, polls keep {@link LiveTimes.wakeGapMs} between them and respect `Retry-After`.
   */
  wake(): void {
    this.#isWoken = true;
    if (this.#poll === undefined && !this.#hasEnded) this.#schedule();
  }

  #start(): void {
    this.#timer = undefined;
    this.#isWoken = false;
    this.#startedAtMs = performance.now();
    void this.#ask((this.#poll = new AbortSource()));
  }

  async #ask(poll: AbortSource): Promise<void> {
    const { authorization, times, ask } = this.options;
    const deadline = setTimeout(() => {
      poll.abort(new DeadlinePassed());
    }, times.timeoutMs).unref();
    try {
      const deadlineAtMs = Date.now() + times.timeoutMs;
      const context = { authorization, requestId: randomUUID(), signal: poll, deadlineAtMs };
      const state = await ask(context, this.#snapshot?.state);
      if (!this.#hasEnded) this.#observe(state);
    } catch (error) {
      if (!this.#hasEnded) this.#fail(error);
    } finally {
      clearTimeout(deadline);
      this.#poll = undefined;
      this.#schedule();
    }
  }

  #observe(state: State): void {
    const before = this.#snapshot;
    const records = this.options.recordsIn(state);
    this.options.budget.replace(this.#records, records);
    this.#records = records;
    this.#snapshot = { state, observedAt: new Date(this.options.now()), isStale: false };
    this.#slowness = this.#slowness > 2 ? 2 : 1;
    clearTimeout(this.#staleTimer);
    const { times, observer } = this.options;
    this.#staleTimer = setTimeout(this.#becomeStale, staleAfterIntervals * times.intervalMs).unref();
    if (before?.isStale === true) observer.staleChanged(-1);
    const hasChanged = before?.state !== state;
    observer.pollEnded(hasChanged ? "changed" : "unchanged");
    const hasNews = hasChanged || before.isStale;
    this.#notify((follower) => hasNews || follower.dependsOnTime);
  }

  readonly #becomeStale = (): void => {
    if (this.#snapshot === undefined) return;
    this.#snapshot = { ...this.#snapshot, isStale: true };
    this.options.observer.staleChanged(1);
    this.#notify(() => true);
  };

  #notify(concerns: (follower: Follower) => boolean): void {
    for (const follower of [...this.#followers].filter(concerns)) follower.notify();
  }

  #fail(error: unknown): void {
    this.options.observer.pollEnded("failed");
    if (!(error instanceof UpstreamError) || lastingFaults.has(error.fault)) {
      const followers = [...this.#followers];
      this.#followers.clear();
      this.#end();
      const failure = error instanceof Error ? error : new Error("a poll failed", { cause: error });
      for (const follower of followers) follower.fail(failure);
      return;
    }
    this.#slowness = Math.min(this.#slowness * 2, maxSlowness);
    this.#notBeforeMs = performance.now() + (error.retryAfterSeconds ?? 0) * 1000;
  }

  #schedule(): void {
    if (this.#hasEnded) return;
    clearTimeout(this.#timer);
    const { intervalMs, wakeGapMs } = this.options.times;
    const spread = 1 - jitter + 2 * jitter * Math.random();
    const gapMs = this.#isWoken ? wakeGapMs : intervalMs * this.#slowness * spread;
    const dueMs = Math.max(this.#startedAtMs + gapMs, this.#notBeforeMs) - performance.now();
    this.#timer = setTimeout(
      () => {
        this.#start();
      },
      Math.max(0, dueMs),
    ).unref();
  }

  #end(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#staleTimer);
    this.options.budget.replace(this.#records, 0);
    this.#records = 0;
    this.#poll?.abort(new CallCancelled());
    if (this.#snapshot?.isStale === true) this.options.observer.staleChanged(-1);
    this.options.onEnd();
  }
}
