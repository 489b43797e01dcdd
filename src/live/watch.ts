import type { Follower } from "./poller.js";

/** The source of a watch's events. */
export interface WatchSource<Position, Event> {
  /** As in {@link Follower}. */
  readonly dependsOnTime: boolean;
  /** Returns the pollers' position; undefined until they have all the data that the watch needs. */
  newest(): Position | undefined;
  /**
   * @param delivered the position of the last event; undefined before the first
   * @returns undefined where nothing has changed that is selected
   */
  changeBetween(delivered: Position | undefined, newest: Position): Event | undefined;
  /** Called once, when the watch ends or fails. */
  onEnd(watch: Follower): void;
}

interface Pull<Event> {
  readonly resolve: (result: IteratorResult<Event, undefined>) => void;
  readonly reject: (error: Error) => void;
}

const done: IteratorResult<never, undefined> = Object.freeze({ done: true, value: undefined });

/**
 * The events of one subscription. An event is computed when it is pulled, as the difference between the last delivered
 * position and the newest. Slow readers get fewer events, and nothing is buffered.
 *
 * Not an async generator, whose `return()` would wait for the pending event.
 */
export class Watch<Position, Event> implements AsyncIterableIterator<Event, undefined>, Follower {
  #delivered: Position | undefined;
  #pulls: Pull<Event>[] = [];
  #failure: Error | undefined;
  #hasEnded = false;

  constructor(private readonly source: WatchSource<Position, Event>) {}

  get dependsOnTime(): boolean {
    return this.source.dependsOnTime;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<Event, undefined>> {
    if (this.#failure !== undefined) {
      const error = this.#failure;
      this.#failure = undefined;
      return Promise.reject(error);
    }
    if (this.#hasEnded) return Promise.resolve(done);
    return new Promise((resolve, reject) => {
      this.#pulls.push({ resolve, reject });
      this.notify();
    });
  }

  return(): Promise<IteratorResult<Event, undefined>> {
    this.#end();
    for (const { resolve } of this.#pulls.splice(0)) resolve(done);
    return Promise.resolve(done);
  }

  throw(error: Error): Promise<IteratorResult<Event, undefined>> {
    return this.return().then(() => Promise.reject(error));
  }

  notify(): void {
    const [pull] = this.#pulls;
    const event = pull && this.#advance();
    if (pull === undefined || event === undefined) return;
    this.#pulls.shift();
    pull.resolve({ done: false, value: event });
  }

  /** @returns the changes since the last event; undefined where there are none */
  #advance(): Event | undefined {
    const newest = this.source.newest();
    if (newest === undefined) return undefined;
    const delivered = this.#delivered;
    this.#delivered = newest;
    return this.source.changeBetween(delivered, newest);
  }

  fail(error: Error): void {
    if (this.#hasEnded) return;
    this.#end();
    const [pull, ...others] = this.#pulls.splice(0);
    if (pull === undefined) this.#failure = error;
    else pull.reject(error);
    for (const { resolve } of others) resolve(done);
  }

  #end(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.source.onEnd(this);
  }
}
