import type { CircuitCondition, EndedCall, UpstreamObserver } from "../../src/upstream/http/observer.js";

/** Records an upstream observer's events, and lets tests wait for them. */
export class UpstreamLog implements UpstreamObserver {
  readonly outcomes: EndedCall["outcome"][] = [];
  readonly circuit: string[] = [];
  /** Records left out so far. */
  skipped = 0;
  queued = 0;
  readonly held: string[] = [];
  retries = 0;
  shared = 0;
  readonly #waiting = new Set<() => void>();

  callEnded = ({ outcome }: EndedCall): void => {
    this.outcomes.push(outcome);
    this.#changed();
  };
  retried = (): void => {
    this.retries += 1;
    this.#changed();
  };
  heldBack = (_operation: unknown, outcome: string): void => {
    this.held.push(outcome);
    this.#changed();
  };
  readShared = (): void => {
    this.shared += 1;
    this.#changed();
  };
  recordsSkipped = (_operation: unknown, count: number): void => {
    this.skipped += count;
  };
  circuitChanged = (_host: string, condition: CircuitCondition): void => {
    this.circuit.push(condition);
    this.#changed();
  };
  queueChanged = (_host: string, length: number): void => {
    this.queued = length;
    this.#changed();
  };

  /** Resolves as soon as `condition` holds. */
  until(condition: (log: this) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const check = (): void => {
        if (!condition(this)) return;
        this.#waiting.delete(check);
        resolve();
      };
      this.#waiting.add(check);
      check();
    });
  }

  #changed(): void {
    for (const check of [...this.#waiting]) check();
  }
}
