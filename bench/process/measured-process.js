import { fork, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

import { freePort } from "./free-port.js";
import { NativeUsage } from "./native-usage.js";
import { NodeUsage } from "./node-usage.js";

/** @import { ChildProcess } from "node:child_process" */

/**
 * What to start: a script of Node that listens on the port it is told, or a native program.
 *
 * @typedef {NodeProgram | NativeProgram} Program
 *
 * @typedef {object} NodeProgram
 * @property {string} name
 * @property {string} script
 * @property {readonly string[]} [execArgv]
 * @property {readonly string[]} [args]
 * @property {Readonly<Record<string, string>>} [env]
 * @property {string} [portVariable]
 *
 * @typedef {object} NativeProgram
 * @property {string} name
 * @property {string} command
 * @property {(setting: { port: number, upstream: string }) => Promise<readonly string[]>} argsFor
 * @property {Readonly<Record<string, string>>} [env]
 */

/**
 * In bytes; `heapUsed` is NaN where there is no heap of V8.
 *
 * @typedef {{ rss: number, peak: number, heapUsed: number }} Memory
 */

/**
 * What a process has used.
 *
 * @typedef {object} Usage
 * @property {() => Promise<number>} cpuMs CPU time of all its threads, in milliseconds.
 * @property {() => Promise<Memory>} memory
 * @property {() => Promise<Memory>} collectedMemory The same, after a garbage collection.
 */

const probe = join(import.meta.dirname, "probe.js");
const stopWithinMs = 20_000;

/** A process whose use of CPU and memory can be asked for. */
export class MeasuredProcess {
  #stopping = false;
  #errorOutput = "";

  /**
   * @param {string} name
   * @param {ChildProcess} child
   * @param {string} origin
   * @param {Usage} usage
   */
  constructor(name, child, origin, usage) {
    this.name = name;
    this.child = child;
    this.origin = origin;
    this.usage = usage;
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
  static async start(program) {
    const port = await freePort();
    return "command" in program ? startNative(program, port) : startNode(program, port);
  }

  /** CPU time it has used, in milliseconds, of all its threads. */
  cpuMs() {
    return this.usage.cpuMs();
  }

  /** Its memory after a garbage collection. */
  memory() {
    return this.usage.collectedMemory();
  }

  /** Its memory as it is: what the system has given it. */
  memoryAsItIs() {
    return this.usage.memory();
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

  /** @param {string} problem */
  #fail(problem) {
    throw new Error(`${this.name} ${problem}`);
  }
}

/**
 * @param {NodeProgram} program
 * @param {number} port
 */
function startNode({ name, script, execArgv = [], args = [], env = {}, portVariable = "PORT" }, port) {
  const child = fork(script, args, {
    execArgv: ["--import", probe, ...execArgv],
    env: { PATH: process.env.PATH, NODE_ENV: "production", [portVariable]: String(port), ...env },
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  return new MeasuredProcess(name, child, originOf(port), new NodeUsage(child));
}

/**
 * @param {NativeProgram} program
 * @param {number} port
 */
async function startNative({ name, command, argsFor, env = {} }, port) {
  const args = await argsFor({ port, upstream: env.UPSTREAM ?? "" });
  const child = spawn(command, args, {
    env: { PATH: process.env.PATH, ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  // Unlike a process of Node, it would not notice that the bench is gone.
  const end = () => child.kill("SIGKILL");
  process.once("exit", end);
  child.once("exit", () => process.off("exit", end));
  await once(child, "spawn");
  return new MeasuredProcess(name, child, originOf(port), new NativeUsage(Number(child.pid)));
}

/** @param {number} port */
function originOf(port) {
  return `http://127.0.0.1:${port}`;
}
