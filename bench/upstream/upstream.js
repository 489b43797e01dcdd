import { join } from "node:path";

import { Connections } from "../load/connections.js";
import { whenListening } from "../load/when-listening.js";
import { MeasuredProcess } from "../process/measured-process.js";

const callCount = { method: "GET", path: "/bench/calls" };

/** The fake upstream in its own process, and its controls. */
export class Upstream {
  /** @param {MeasuredProcess} process */
  constructor(process) {
    this.process = process;
    this.origin = process.origin;
    this.connections = new Connections(process.origin, 1);
  }

  static async start() {
    const script = join(import.meta.dirname, "main.js");
    const upstream = new Upstream(await MeasuredProcess.start({ name: "upstream", script }));
    await whenListening(upstream.connections, callCount);
    return upstream;
  }

  /**
   * How many calls it gets while something is done.
   *
   * @param {() => Promise<unknown>} work
   */
  async callsDuring(work) {
    const before = await this.#calls();
    await work();
    return (await this.#calls()) - before;
  }

  /** @param {number} latencyMs how long it waits before each answer */
  async setLatency(latencyMs) {
    await this.connections.send({ method: "PUT", path: `/bench/latency/${latencyMs}` });
  }

  async stop() {
    await this.connections.close();
    await this.process.stop();
  }

  /** @returns {Promise<number>} */
  async #calls() {
    const { body } = await this.connections.send(callCount);
    return JSON.parse(body.toString()).calls;
  }
}
