import { fork } from "node:child_process";
import { once } from "node:events";

/** @import { ChildProcess } from "node:child_process" */

/**
 * A question to a worker, and what it answers.
 *
 * @typedef {{ id: number, question: string, argument: unknown }} Question
 * @typedef {{ id: number, answer?: unknown, problem?: string }} Answer
 */

/** A script of the bench in a process of its own, which answers questions. */
export class Worker {
  #questions = 0;

  /** @param {ChildProcess} child */
  constructor(child) {
    this.child = child;
  }

  /**
   * @param {string} script
   * @param {Readonly<Record<string, string>>} [env]
   */
  static start(script, env = {}) {
    const child = fork(script, {
      env: { PATH: process.env.PATH, NODE_ENV: "production", ...env },
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    child.setMaxListeners(0);
    return new Worker(child);
  }

  /**
   * @param {string} question one that the script answers by {@link answerQuestions}
   * @param {unknown} [argument]
   * @returns {Promise<any>}
   */
  ask(question, argument) {
    const id = (this.#questions += 1);
    return new Promise((resolve, reject) => {
      const end = () => {
        this.child.off("message", listen);
        this.child.off("exit", fail);
      };
      const fail = () => {
        end();
        reject(new Error(`the worker ended before it answered ${question}`));
      };
      const listen = (/** @type {any} */ message) => {
        if (message.id !== id) return;
        end();
        if (message.problem === undefined) resolve(message.answer);
        else reject(new Error(`${question}: ${message.problem}`));
      };
      this.child.on("message", listen);
      this.child.once("exit", fail);
      this.child.send({ id, question, argument });
    });
  }

  async stop() {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill("SIGKILL");
    await once(this.child, "exit");
  }
}

/**
 * Answers the questions of the process that started this one.
 *
 * @param {Readonly<Record<string, (argument: any) => unknown>>} answers
 */
export function answerQuestions(answers) {
  process.on("message", (/** @type {Question} */ { id, question, argument }) => {
    const send = (/** @type {Omit<Answer, "id">} */ answer) => process.send?.({ id, ...answer });
    Promise.resolve(argument)
      .then(answers[question])
      .then(
        (answer) => send({ answer }),
        (error) => send({ problem: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
      );
  });
  // The bench is gone: so is who would stop this process.
  process.on("disconnect", () => process.exit(1));
}
