import { nowMs } from "../../process/clock.js";
import { quantile } from "../../stats.js";

/**
 * What clients have got.
 *
 * @typedef {object} Sample
 * @property {number} events Messages or responses.
 * @property {number} bytes Of them.
 * @property {number} silent Clients without any.
 * @property {number} p50Ms From a change to its arrival; NaN where none arrived.
 * @property {number} p99Ms
 */

/** Collects when which change arrived at which client. */
export class Arrivals {
  #events = 0;
  #bytes = 0;
  /** The newest change that each client has seen. @type {number[]} */
  #seen = [];
  /** @type {Set<number>} */
  #heard = new Set();
  /** Pairs of the number of a change and when it arrived. @type {number[]} */
  #arrivals = [];
  /** @type {(() => void)[]} */
  #waiting = [];

  /**
   * A client's message.
   *
   * @param {number} client
   * @param {number} change the newest change in it
   */
  add(client, change) {
    const atMs = nowMs();
    const seen = this.#seen[client];
    this.#seen[client] = Math.max(seen ?? 0, change);
    this.#events += 1;
    this.#heard.add(client);
    if (seen === undefined) return;
    // Changes between two polls arrive together.
    for (let one = seen + 1; one <= change; one += 1) this.#arrivals.push(one, atMs);
    if (client === 0 && change > seen) for (const resolve of this.#waiting.splice(0)) resolve();
  }

  /** @param {number} bytes */
  addBytes(bytes) {
    this.#bytes += bytes;
  }

  /** Resolves when the first client next sees a change. */
  next() {
    return new Promise((resolve) => this.#waiting.push(() => resolve(undefined)));
  }

  /** Forgets what has been collected. */
  reset() {
    this.#events = 0;
    this.#bytes = 0;
    this.#heard.clear();
    this.#arrivals = [];
  }

  /**
   * @param {readonly number[]} changedAtMs when each change was made, the first one first
   * @returns {Sample}
   */
  sample(changedAtMs) {
    const delaysMs = [];
    for (let index = 0; index < this.#arrivals.length; index += 2) {
      const delayMs = this.#arrivals[index + 1] - changedAtMs[this.#arrivals[index] - 1];
      // An arrival that overtook the note of its change is one of the next sample.
      if (Number.isFinite(delayMs)) delaysMs.push(delayMs);
    }
    return {
      events: this.#events,
      bytes: this.#bytes,
      silent: this.#seen.length - this.#heard.size,
      p50Ms: quantile(delaysMs, 0.5),
      p99Ms: quantile(delaysMs, 0.99),
    };
  }
}
