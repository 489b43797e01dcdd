import type { Payload } from "./payload.js";

/** Why no more results are sent. */
export type End =
  | "completed"
  /** The client no longer wants them, or its connection closed. */
  | "client left"
  /** The client took nothing for too long. */
  | "client too slow"
  /** The last result says what went wrong. */
  | "failed"
  /** The gateway stops. */
  | "gateway stopping";

/** The results of one operation, one at a time: the next one is computed when it is asked for. */
export interface Results {
  next(): Promise<IteratorResult<Payload, undefined>>;
  /** Ends them from outside; a pending `next()` is then done. */
  end(why: End): void;
  /** undefined: they go on. */
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
