import type { End, Results } from "./results.js";
import { Payload } from "./payload.js";

/** The functions that a subscription calls. */
export interface SubscriptionWork {
  /** Opens the source of events; resolves to the payload of the error where that fails. */
  open(): Promise<AsyncIterable<unknown> | Payload>;
  /** Executes the operation for a source event. */
  execute(event: unknown): Promise<Payload>;
  /** The payload for an error of the source. */
  describe(error: unknown): Payload;
  /** Called with the first result that is ready. */
  onFirst(payload: Payload): void;
  /** Called once. */
  onEnd(why: End, events: number): void;
}

const done = { done: true, value: undefined } as const;

/**
 * The results of one subscription. Nothing is computed ahead: for a client that reads slowly the source's next event is
 * pulled later, with the newest state.
 *
 * Not an async generator, whose `return()` would wait for the pending event.
 */
export class Subscription implements Results {
  #source: AsyncIterator<unknown> | undefined;
  #events = 0;
  #isLast = false;
  ended: End | undefined;

  constructor(private readonly work: SubscriptionWork) {}

  async next(): Promise<IteratorResult<Payload, undefined>> {
    if (this.#isLast) this.end("failed");
    if (this.ended !== undefined) return done;
    const payload = await this.#pull();
    // Ended during the pull, from outside or by the source.
    if (payload === undefined || this.#hasEnded()) return done;
    this.#events += 1;
    if (this.#events === 1) this.work.onFirst(payload);
    return { done: false, value: payload };
  }

  end(why: End): void {
    if (this.ended !== undefined) return;
    this.ended = why;
    if (this.#source !== undefined) stop(this.#source);
    this.work.onEnd(why, this.#events);
  }

  async #pull(): Promise<Payload | undefined> {
    try {
      if (this.#source === undefined) {
        const opened = await this.work.open();
        if (opened instanceof Payload) {
          this.#isLast = true;
          return opened;
        }
        this.#source = opened[Symbol.asyncIterator]();
        if (this.#hasEnded()) {
          stop(this.#source);
          return undefined;
        }
      }
      const step: IteratorResult<unknown, unknown> = await this.#source.next();
      if (step.done !== true) return await this.work.execute(step.value);
      this.end("completed");
      return undefined;
    } catch (error) {
      this.#isLast = true;
      return this.work.describe(error);
    }
  }

  /** Checked after each `await`; a method, because TypeScript takes `ended` for unchanged. */
  #hasEnded(): boolean {
    return this.ended !== undefined;
  }
}

/** Ends a source. Its errors are ignored: no result is pending. */
function stop(source: AsyncIterator<unknown>): void {
  source.return?.().catch(() => undefined);
}
