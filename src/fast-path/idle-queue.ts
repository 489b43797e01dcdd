/** Further work of a burst is dropped: the operation comes again. */
const maxQueued = 32;

/** Runs deferrable work after the responses in progress: one item per turn of the event loop. */
export class IdleQueue {
  readonly #queued: (() => void)[] = [];

  /** @param work dropped if the queue is full */
  add(work: () => void): void {
    if (this.#queued.length >= maxQueued) return;
    this.#queued.push(work);
    if (this.#queued.length === 1) setImmediate(this.#next);
  }

  readonly #next = (): void => {
    try {
      this.#queued[0]?.();
    } finally {
      this.#queued.shift();
      if (this.#queued.length > 0) setImmediate(this.#next);
    }
  };
}
