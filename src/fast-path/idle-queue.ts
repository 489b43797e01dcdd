/** More than this are not compiled in one go of a burst; what is dropped comes again. */
const maxWaiting = 32;

/** Work that can wait until those who are being answered have their answers: one piece a turn of the event loop. */
export class IdleQueue {
  readonly #waiting: (() => void)[] = [];

  /** @param work is dropped where much waits already */
  add(work: () => void): void {
    if (this.#waiting.length >= maxWaiting) return;
    this.#waiting.push(work);
    if (this.#waiting.length === 1) setImmediate(this.#next);
  }

  readonly #next = (): void => {
    try {
      this.#waiting[0]?.();
    } finally {
      this.#waiting.shift();
      if (this.#waiting.length > 0) setImmediate(this.#next);
    }
  };
}
