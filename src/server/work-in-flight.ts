import type { ServerResponse } from "node:http";

import { CallCancelled, DeadlinePassed } from "../upstream/http/index.js";
import { AbortSource, swapRemove } from "../lib/index.js";
import type { AbortSignalLike } from "../lib/index.js";

/** The upstream work of one request, as an abort source. */
export class Work extends AbortSource {
  /** @param dueMs its deadline, by `performance.now()` */
  constructor(readonly dueMs: number) {
    super();
  }
}

/**
 * The upstream work of the requests in flight. All have the same timeout, so one timer serves them all.
 */
export class WorkInFlight {
  readonly #works: Work[] = [];
  #timer: NodeJS.Timeout | undefined;
  #isCut = false;

  /** @param timeoutMs of each request, in milliseconds */
  constructor(private readonly timeoutMs: number) {}

  /**
   * Starts the work of one request.
   *
   * @returns aborted at the deadline, when the caller disconnects or when all work is cut, whichever is first
   */
  begin(response: ServerResponse): AbortSignalLike {
    // The caller has disconnected: no event would end the work.
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

  /** Starts work that no response ends: {@link end} has to be called. */
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

  /** Aborts all work in flight, and from now on all new work at once. */
  cut(): void {
    this.#isCut = true;
    for (const work of [...this.#works]) work.abort(new CallCancelled());
  }

  /** Unreferenced: open connections keep the process alive while a caller waits. */
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
