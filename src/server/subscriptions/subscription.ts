import type { End, Results } from "./results.js";
import { Payload } from "./payload.js";

/** What a subscription does its work with. */
export interface SubscriptionWork {
  /** Finds where its source events come from; a payload: it could not be started, and this is why. */
  open(): Promise<AsyncIterable<unknown> | Payload>;
  /** Executes the operation for a source event. */
  execute(event: unknown): Promise<Payload>;
  /** What the client is told of an error of the source. */
  describe(error: unknown): Payload;
  /** Called with the first result that is ready. */
  onFirst(payload: Payload): void;
  /** Called once. */
  onEnd(why: End, events: number): void;
}

const done = { done: true, value: undefined } as const;

/**
 * The results of one subscription. Nothing is computed ahead: a client that reads slowly pulls the source's next event
 * later, and gets the newest state then.
 *
 * Not an async generator: ending one waits for the event that is being waited for.
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
    // Ended meanwhile, from outside, or by the source.
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

  /** Asked after each `await`. */
  #hasEnded(): boolean {
    return this.ended !== undefined;
  }
}

/** Whatever goes wrong then, nobody waits for it. */
function stop(source: AsyncIterator<unknown>): void {
  source.return?.().catch(() => undefined);
}
