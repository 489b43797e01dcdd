import type { FormattedExecutionResult, GraphQLFormattedError } from "graphql";

import { AbortSource } from "../../lib/index.js";
import { CallCancelled } from "../../upstream/http/index.js";
import type { Payload } from "./payload.js";
import type { End, Results } from "./results.js";

/** Nothing of an operation was executed. */
export class OperationRefused extends Error {
  override readonly name = "OperationRefused";

  constructor(readonly errors: readonly GraphQLFormattedError[]) {
    super("the operation was refused");
  }
}

/** What an operation over a WebSocket does its work with. */
export interface WebSocketOperationWork {
  /** @param left aborted when the client no longer waits */
  run(left: AbortSource): Promise<FormattedExecutionResult | Results>;
  /** Sends the result of a query or a mutation. */
  sendResult(json: string): Promise<void>;
  /** Sends an event. Settled when the socket has taken it, so that no backlog builds up. */
  sendEvent(json: string): Promise<void>;
  /** Called once it is known to be a subscription. */
  onSubscription(): void;
  /** Called once, when nothing more is sent. */
  onEnd(): void;
}

const done = { done: true, value: undefined } as const;

/**
 * One operation over a WebSocket, as graphql-ws sees it: an iterable without values. It sends its results itself, since
 * graphql-ws would turn each into JSON anew for every subscriber.
 */
export class WebSocketOperation implements AsyncIterableIterator<never, undefined> {
  readonly #left = new AbortSource();
  #results: Results | undefined;
  #hasEnded = false;

  constructor(private readonly work: WebSocketOperationWork) {}

  get isSubscription(): boolean {
    return this.#results !== undefined;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /**
   * Does all there is to do.
   *
   * @throws OperationRefused where nothing was executed
   */
  async next(): Promise<IteratorResult<never, undefined>> {
    try {
      const results = await this.work.run(this.#left);
      if ("next" in results) await this.#sendAll(results);
      else await this.#sendOne(results);
    } finally {
      this.#end();
    }
    return done;
  }

  /** Called when the client has completed the operation, or its connection has closed. */
  return(): Promise<IteratorResult<never, undefined>> {
    this.end("client left");
    return Promise.resolve(done);
  }

  end(why: End): void {
    this.#left.abort(new CallCancelled());
    this.#results?.end(why);
    this.#end();
  }

  async #sendAll(results: Results): Promise<void> {
    this.#results = results;
    this.work.onSubscription();
    if (this.#left.aborted) results.end("client left");
    for (;;) {
      const { value }: { value: Payload | undefined } = await results.next();
      if (value === undefined) return;
      await this.work.sendEvent(value.json);
    }
  }

  async #sendOne(result: FormattedExecutionResult): Promise<void> {
    const { data, errors, extensions } = result;
    if (data === undefined && errors !== undefined) throw new OperationRefused(errors);
    if (!this.#left.aborted) await this.work.sendResult(JSON.stringify({ errors, data, extensions }));
  }

  #end(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.work.onEnd();
  }
}
