/** @import { ChildProcess } from "node:child_process" */
/** @import { Memory, Usage } from "./measured-process.js" */

/**
 * What a process of Node has used, as its probe tells over the IPC channel.
 *
 * @implements {Usage}
 */
export class NodeUsage {
  #questions = 0;

  /** @param {ChildProcess} child */
  constructor(child) {
    this.child = child;
  }

  /** @returns {Promise<number>} */
  async cpuMs() {
    const { user, system } = /** @type {NodeJS.CpuUsage} */ (await this.#ask("cpu"));
    return (user + system) / 1000;
  }

  /** @returns {Promise<Memory>} */
  async memory() {
    return /** @type {Memory} */ (await this.#ask("memory"));
  }

  /** @returns {Promise<Memory>} */
  async collectedMemory() {
    return /** @type {Memory} */ (await this.#ask("collectedMemory"));
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
}
