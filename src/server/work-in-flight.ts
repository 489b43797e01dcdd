import type { ServerResponse } from "node:http";

import { CallCancelled, DeadlinePassed } from "../upstream/http/index.js";
import { AbortSource, swapRemove } from "../lib/index.js";
import type { AbortSignalLike } from "../lib/index.js";

/** All the upstream work of one request. */
export class Work extends AbortSource {
  /** @param dueMs when its time is up, by `performance.now()` */
  constructor(readonly dueMs: number) {
    super();
  }
}

/**
 * The upstream work of the requests that are being answered. One timer does for all of them, since each has the same
 * time: a timer for each was 1 µs.
 */
export class WorkInFlight {
  readonly #works: Work[] = [];
  #timer: NodeJS.Timeout | undefined;
  #isCut = false;

  /** @param timeoutMs how long each may take, in milliseconds */
  constructor(private readonly timeoutMs: number) {}

  /**
   * Begins the work of one request.
   *
   * @returns aborted when the time is up, the caller goes away or all work is cut, whichever comes first
   */
  begin(response: ServerResponse): AbortSignalLike {
    // Its caller has left: nothing would tell when it ends.
    if (response.destroyed) {
      const cancelled = new Work(0);
      cancelled.abort(new CallCancelled());
      return cancelled;
    }
    const work = this.open();
    response.on("close", () => {
      this.end(work);
      if (!response.writableFinished) work.abort(new CallCancelled());
    });
    return work;
  }

  /** Begins work that no response ends: {@link end} has to be called. */
  open(): Work {
    const work = new Work(performance.now() + this.timeoutMs);
    if (this.#isCut) work.abort(new CallCancelled());
    this.#works.push(work);
    if (this.#timer === undefined) this.#timer = this.#wakeIn(this.timeoutMs);
    return work;
  }

  end(work: Work): void {
    swapRemove(this.#works, work);
  }

  /** Gives up all that is in flight, and what is still begun at once. */
  cut(): void {
    this.#isCut = true;
    for (const work of [...this.#works]) work.abort(new CallCancelled());
  }

  /** The timer keeps no process alive: connections do, as long as anybody waits. */
  #wakeIn(ms: number): NodeJS.Timeout {
    return setTimeout(this.#endDue, Math.ceil(ms)).unref();
  }

  readonly #endDue = (): void => {
    const nowMs = performance.now();
    for (const work of [...this.#works]) {
      if (work.dueMs <= nowMs) work.abort(new DeadlinePassed());
    }
    const nextMs = Math.min(...this.#works.filter(({ aborted }) => !aborted).map(({ dueMs }) => dueMs));
    this.#timer = nextMs === Infinity ? undefined : this.#wakeIn(nextMs - nowMs);
  };
}
