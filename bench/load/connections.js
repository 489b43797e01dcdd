import { Pool } from "undici";

/** @import { Dispatcher } from "undici" */

/**
 * @typedef {{ method: string, path: string, body?: string, headers?: readonly string[] }} Request
 * @typedef {{ status: number, body: Buffer }} LoadResponse
 */

const manyCallers = 5000;

/** A caller's token for each request in turn, so that no two requests in flight are of one caller. */
const callers = Array.from(
  { length: manyCallers },
  (_, index) => `Bearer caller-${String(index).padStart(6, "0")}`,
);

/** Keep-alive connections to one server, and the requests over them. */
export class Connections {
  #sent = 0;

  /**
   * @param {string} origin
   * @param {number} count
   */
  constructor(origin, count) {
    this.pool = new Pool(origin, { connections: count, pipelining: 1, headersTimeout: 30_000 });
  }

  /**
   * Sends one request, of the next caller if none is given.
   *
   * @param {Request} request
   * @param {string} [authorization]
   * @returns {Promise<LoadResponse>}
   */
  send({ method, path, body, headers: own = [] }, authorization = callers[(this.#sent += 1) % manyCallers]) {
    const headers = ["authorization", authorization, ...own];
    if (body !== undefined) headers.push("content-type", "application/json");
    return new Promise((resolve, reject) => {
      const options = /** @type {Dispatcher.DispatchOptions} */ ({ method, path, body, headers });
      this.pool.dispatch(options, collector(resolve, reject));
    });
  }

  close() {
    return this.pool.close();
  }
}

/**
 * Collects an answer with less work than undici's streams: the load is to take as little of the machine as it can.
 *
 * @param {(answer: LoadResponse) => void} resolve
 * @param {(error: Error) => void} reject
 * @returns {Dispatcher.DispatchHandler}
 */
function collector(resolve, reject) {
  let status = 0;
  /** @type {Buffer[]} */
  const chunks = [];
  return {
    onRequestStart: () => undefined,
    onResponseStart: (_controller, statusCode) => {
      status = statusCode;
    },
    onResponseData: (_controller, chunk) => {
      chunks.push(chunk);
    },
    onResponseEnd: () => resolve({ status, body: chunks.length === 1 ? chunks[0] : Buffer.concat(chunks) }),
    onResponseError: (_controller, error) => reject(error),
  };
}
