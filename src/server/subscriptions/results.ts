import type { Payload } from "./payload.js";

/** Why the results ended. */
export type End =
  | "completed"
  /** The client unsubscribed, or its connection closed. */
  | "client left"
  /** The client read nothing for too long. */
  | "client too slow"
  /** The last result contains the error. */
  | "failed"
  /** The gateway stops. */
  | "gateway stopping";

/** The results of one operation. Each is computed when `next()` is called. */
export interface Results {
  next(): Promise<IteratorResult<Payload, undefined>>;
  /** Ends the results from outside; a pending `next()` resolves as done. */
  end(why: End): void;
  /** undefined until the results end. */
  readonly ended: End | undefined;
}

/** The result of a query or a mutation. */
export class SingleResult implements Results {
  #payload: Payload | undefined;
  ended: End | undefined;

  constructor(payload: Payload) {
    this.#payload = payload;
  }

  next(): Promise<IteratorResult<Payload, undefined>> {
    const payload = this.#payload;
    this.#payload = undefined;
    if (payload !== undefined) return Promise.resolve({ done: false, value: payload });
    this.end("completed");
    return Promise.resolve({ done: true, value: undefined });
  }

  end(why: End): void {
    this.ended ??= why;
  }
}
