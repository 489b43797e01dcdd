import { isDeepStrictEqual } from "node:util";

import { Connections } from "../load/connections.js";
import { WrongAnswer } from "../load/load.js";
import { whenListening } from "../load/when-listening.js";
import { MeasuredProcess } from "../process/measured-process.js";

/** @import { CheckedRequest } from "../load/load.js" */
/** @import { Operation } from "../operations.js" */
/** @import { System } from "./systems.js" */

/** A system that runs. */
export class Service {
  /** @type {Map<Operation, CheckedRequest>} */
  #checked = new Map();

  /**
   * @param {System} system
   * @param {MeasuredProcess} process
   * @param {number} connections
   */
  constructor(system, process, connections) {
    this.system = system;
    /** From the start of the process to its first answer. */
    this.startedInMs = Number.NaN;
    this.process = process;
    this.connections = new Connections(process.origin, connections);
  }

  /**
   * Starts a system; resolves once it has answered an operation as it should.
   *
   * @param {System} system
   * @param {object} setting
   * @param {string} setting.upstream the upstream's origin
   * @param {Operation} setting.operation
   * @param {number} [setting.connections]
   * @param {Record<string, string>} [setting.env]
   */
  static async start(system, { upstream, operation, connections = 16, env }) {
    const { name, program } = system;
    const startMs = performance.now();
    const process = await MeasuredProcess.start({
      ...program,
      name,
      env: { ...program.env, UPSTREAM: upstream, ...env },
    });
    const service = new Service(system, process, connections);
    await whenListening(service.connections, system.requestOf(operation));
    service.startedInMs = performance.now() - startMs;
    await service.check(operation);
    return service;
  }

  /**
   * The operation as a request to this system, whose answer was compared with the right one.
   *
   * @param {Operation} operation
   * @returns {Promise<CheckedRequest>}
   */
  async check(operation) {
    const known = this.#checked.get(operation);
    if (known !== undefined) return known;
    const request = this.system.requestOf(operation);
    const { status, body } = await this.connections.send(request);
    if (!this.isRight(operation, body)) {
      throw new Error(`${this.system.name}, ${operation.title}`, { cause: new WrongAnswer(status, body) });
    }
    const checked = { request, answerBytes: body.length };
    this.#checked.set(operation, checked);
    return checked;
  }

  /**
   * @param {Operation} operation
   * @param {Buffer} body
   */
  isRight(operation, body) {
    return isDeepStrictEqual(this.system.dataOf(operation, JSON.parse(body.toString())), operation.data);
  }

  async stop() {
    await this.connections.close();
    await this.process.stop();
  }
}
