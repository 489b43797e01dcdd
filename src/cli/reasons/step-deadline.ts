import { DeadlinePassed } from "../../upstream/http/index.js";
import type { CallContext } from "../../upstream/http/index.js";

/**
 * A deadline that is renewed with each step: many writes take longer than one request may. Calls that begin after a
 * renewal have the new one.
 */
export class StepDeadline {
  #controller = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #deadlineAtMs = 0;

  /** @param timeoutMs how long a step may take, in milliseconds */
  constructor(private readonly timeoutMs: number) {
    this.renew();
  }

  /** Begins the next step. */
  renew(): void {
    this.end();
    const controller = new AbortController();
    this.#controller = controller;
    this.#deadlineAtMs = Date.now() + this.timeoutMs;
    this.#timer = setTimeout(() => {
      controller.abort(new DeadlinePassed());
    }, this.timeoutMs);
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  /** A context whose calls are in time for the step that they belong to. */
  callContext(caller: Pick<CallContext, "authorization" | "requestId">): CallContext {
    const signal = (): AbortSignal => this.#controller.signal;
    const deadlineAtMs = (): number => this.#deadlineAtMs;
    return {
      ...caller,
      get signal() {
        return signal();
      },
      get deadlineAtMs() {
        return deadlineAtMs();
      },
    };
  }
}
