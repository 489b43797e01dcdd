import { randomUUID } from "node:crypto";

import { AbortSource } from "../lib/index.js";
import { CallCancelled, DeadlinePassed, UpstreamError } from "../upstream/http/index.js";
import type { CallContext, UpstreamFault } from "../upstream/http/index.js";
import type { LiveObserver, LiveTimes } from "./options.js";
import type { StateBudget } from "./state-budget.js";

/** What a poller has seen last. A new object after each poll that succeeds, and when it becomes stale. */
export interface Snapshot<State> {
  /** The same object for as long as the upstream sends the same. */
  readonly state: State;
  readonly observedAt: Date;
  /** Whether the upstream has not been heard of for more than three intervals. */
  readonly isStale: boolean;
}

/** Is told what a poller sees. */
export interface Follower {
  /** The snapshot is another one. */
  notify(): void;
  /** No poll can succeed any more. The poller has ended. */
  fail(error: Error): void;
}

export interface PollerOptions<State> {
  /** Whose token the polls are sent with. */
  readonly authorization: string | undefined;
  readonly times: LiveTimes;
  readonly observer: LiveObserver;
  /**
   * Asks the upstream.
   *
   * @param previous what it came to the last time
   * @returns `previous` itself where nothing has changed
   */
  readonly ask: (context: CallContext, previous: State | undefined) => Promise<State>;
  /** How many records a state has. */
  readonly recordsIn: (state: State) => number;
  readonly budget: StateBudget;
  /** Called once, when the last follower has left or no poll can succeed any more. */
  readonly onEnd: () => void;
}

/** Failures that the next poll would meet again. */
const lastingFaults: ReadonlySet<UpstreamFault> = new Set([
  "bad-request",
  "unauthenticated",
  "forbidden",
  "not-found",
]);

/** Polls slow down to this many intervals while the upstream fails. */
const maxSlowness = 12;

/** How many intervals without a response make a snapshot stale. */
const staleAfterIntervals = 3;

/** The interval varies by this share, so that pollers which started together do not stay together. */
const jitter = 0.1;

/** Asks the upstream one question again and again, on behalf of all who follow, for as long as anybody does. */
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
   * Polls as soon as may be, and after the poll under way, which may have been sent too early. Polls keep
   * {@link LiveTimes.wakeGapMs} between them and heed a `Retry-After`, however often this is called.
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
    this.#snapshot = { state, observedAt: new Date(), isStale: false };
    this.#slowness = this.#slowness > 2 ? 2 : 1;
    clearTimeout(this.#staleTimer);
    const { times, observer } = this.options;
    this.#staleTimer = setTimeout(this.#becomeStale, staleAfterIntervals * times.intervalMs).unref();
    if (before?.isStale === true) observer.staleChanged(-1);
    const hasChanged = before?.state !== state;
    observer.pollEnded(hasChanged ? "changed" : "unchanged");
    if (hasChanged || before.isStale) this.#notify();
  }

  readonly #becomeStale = (): void => {
    if (this.#snapshot === undefined) return;
    this.#snapshot = { ...this.#snapshot, isStale: true };
    this.options.observer.staleChanged(1);
    this.#notify();
  };

  #notify(): void {
    for (const follower of [...this.#followers]) follower.notify();
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
