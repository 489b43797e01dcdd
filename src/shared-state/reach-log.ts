import type { Logger, SharedStateMetrics } from "../observability/index.js";
import { causeOf } from "./error-cause.js";

/** How long a Redis that comes and goes must have been in reach for the log to say that it is back, in milliseconds. */
const settledMs = 10_000;

/** Tells the metrics whenever the Redis goes out of reach and comes back, and the log once: also of one that comes and goes. */
export class ReachLog {
  /** undefined until it is known. */
  #isReached: boolean | undefined;
  #isLossLogged = false;
  /** By `performance.now()`, when the log said that it is back. */
  #backAtMs = -Infinity;
  #comesAndGoes = false;
  #settling: NodeJS.Timeout | undefined;

  constructor(
    private readonly logger: Pick<Logger, "info" | "warn">,
    private readonly metrics: SharedStateMetrics,
  ) {}

  /** May be called for each failed attempt to connect. */
  lost(error: Error | undefined): void {
    clearTimeout(this.#settling);
    if (this.#isReached !== false) this.metrics.lost();
    this.#isReached = false;
    this.metrics.reached(false);
    if (this.#isLossLogged) return;
    this.#isLossLogged = true;
    this.#comesAndGoes = performance.now() - this.#backAtMs < settledMs;
    this.logger.warn({ cause: causeOf(error) }, "the shared state is out of reach: this copy goes on alone");
  }

  reached(): void {
    this.#isReached = true;
    this.metrics.reached(true);
    if (!this.#isLossLogged) return;
    if (!this.#comesAndGoes) {
      this.#sayBack();
      return;
    }
    this.#settling = setTimeout(() => {
      this.#sayBack();
    }, settledMs).unref();
  }

  close(): void {
    clearTimeout(this.#settling);
  }

  #sayBack(): void {
    this.#isLossLogged = false;
    this.#backAtMs = performance.now();
    this.logger.info("the shared state is in reach again");
  }
}
