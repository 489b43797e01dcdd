import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

import { freePort } from "./free-port.js";

/** @import { ChildProcess } from "node:child_process" */

/**
 * What to start: a script of Node that listens on the port it is told.
 *
 * @typedef {object} Program
 * @property {string} name
 * @property {string} script
 * @property {readonly string[]} [execArgv]
 * @property {readonly string[]} [args]
 * @property {Readonly<Record<string, string>>} [env]
 * @property {string} [portVariable]
 */

const probe = join(import.meta.dirname, "probe.js");
const stopWithinMs = 20_000;

/** A process whose use of CPU and memory can be asked for. */
export class MeasuredProcess {
  #questions = 0;
  #stopping = false;
  #errorOutput = "";

  /**
   * @param {string} name
   * @param {ChildProcess} child
   * @param {string} origin
   */
  constructor(name, child, origin) {
    this.name = name;
    this.child = child;
    this.origin = origin;
    child.setMaxListeners(0);
    child.stderr?.setEncoding("utf8").on("data", (text) => (this.#errorOutput += text));
    child.once("exit", (code) => {
      if (!this.#stopping) this.#fail(`ended by itself (${code}): ${this.#errorOutput}`);
    });
  }

  /**
   * Starts it; resolves before it listens. Its standard output is discarded.
   *
   * @param {Program} program
   */
  static async start({ name, script, execArgv = [], args = [], env = {}, portVariable = "PORT" }) {
    const port = await freePort();
    const child = fork(script, args, {
      execArgv: ["--import", probe, ...execArgv],
      env: { PATH: process.env.PATH, NODE_ENV: "production", [portVariable]: String(port), ...env },
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    return new MeasuredProcess(name, child, `http://127.0.0.1:${port}`);
  }

  /** CPU time it has used, in milliseconds, of all its threads. */
  async cpuMs() {
    const { user, system } = /** @type {NodeJS.CpuUsage} */ (await this.#ask("cpu"));
    return (user + system) / 1000;
  }

  /** Its memory after a garbage collection, in bytes. */
  async memory() {
    return /** @type {NodeJS.MemoryUsage} */ (await this.#ask("memory"));
  }

  /** Ends it, by force if it does not in time. */
  async stop() {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.#stopping = true;
    const force = setTimeout(() => this.child.kill("SIGKILL"), stopWithinMs);
    this.child.kill("SIGTERM");
    await once(this.child, "exit");
    clearTimeout(force);
  }

  /**
   * @param {string} question
   * @returns {Promise<unknown>}
   */
  #ask(question) {
    const id = (this.#questions += 1);
    return new Promise((resolve) => {
      const listen = (/** @type {any} */ message) => {
        if (message.id !== id) return;
        this.child.off("message", listen);
        resolve(message.answer);
      };
      this.child.on("message", listen);
      this.child.send({ id, question });
    });
  }

  /** @param {string} problem */
  #fail(problem) {
    throw new Error(`${this.name} ${problem}`);
  }
}
