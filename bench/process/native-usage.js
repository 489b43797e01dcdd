import { readFile } from "node:fs/promises";

/** @import { Memory, Usage } from "./measured-process.js" */

/** The unit of the times in /proc/PID/stat: USER_HZ, which is 100 on every architecture of Linux that Node runs on. */
const tickMs = 10;

/**
 * What any process of Linux has used, from /proc: all its threads, those that have ended too.
 *
 * @implements {Usage}
 */
export class NativeUsage {
  /** @param {number} pid */
  constructor(pid) {
    this.pid = pid;
  }

  /** @returns {Promise<number>} */
  async cpuMs() {
    return cpuMsOf(await readFile(`/proc/${this.pid}/stat`, "utf8"));
  }

  /** @returns {Promise<Memory>} */
  async memory() {
    return memoryOf(await readFile(`/proc/${this.pid}/status`, "utf8"));
  }

  /** Nothing is collected: there is no garbage collector. */
  collectedMemory() {
    return this.memory();
  }
}

/** @param {string} stat the content of /proc/PID/stat */
function cpuMsOf(stat) {
  // The name of the program comes second, in parentheses, and may have spaces.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [user, system] = fields.slice(11, 13).map(Number);
  return (user + system) * tickMs;
}

/**
 * @param {string} status the content of /proc/PID/status
 * @returns {Memory}
 */
function memoryOf(status) {
  const bytesOf = (/** @type {string} */ name) =>
    1024 * Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(status)?.[1]);
  return { rss: bytesOf("VmRSS"), peak: bytesOf("VmHWM"), heapUsed: Number.NaN };
}
