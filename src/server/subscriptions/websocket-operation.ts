import type { FormattedExecutionResult, GraphQLFormattedError } from "graphql";

import { AbortSource } from "../../lib/index.js";
import { CallCancelled } from "../../upstream/http/index.js";
import type { Payload } from "./payload.js";
import type { End, Results } from "./results.js";

/** An operation was refused before execution. */
export class OperationRefused extends Error {
  override readonly name = "OperationRefused";

  constructor(readonly errors: readonly GraphQLFormattedError[]) {
    super("the operation was refused");
  }
}

/** The functions that an operation over a WebSocket calls. */
export interface WebSocketOperationWork {
  /** @param left aborted when the client no longer waits */
  run(left: AbortSource): Promise<FormattedExecutionResult | Results>;
  /** Sends the result of a query or a mutation. */
  sendResult(json: string): Promise<void>;
  /** Sends an event. Resolves when it is written to the socket, so that no backlog builds up. */
  sendEvent(json: string): Promise<void>;
  /** Called when the operation turns out to be a subscription. */
  onSubscription(): void;
  /** Called once, after the last message. */
  onEnd(): void;
}

const done = { done: true, value: undefined } as const;

/**
 * One operation over a WebSocket. For graphql-ws it is an iterable without values: it sends its results itself, since
 * graphql-ws would serialize each result once per subscriber.
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
   * Runs the operation to its end and sends all results.
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

  /** Called by graphql-ws when the client completes the operation or its connection closes. */
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
