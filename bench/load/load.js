/** @import { Connections, Request } from "./connections.js" */

/**
 * A request and how long its right answer is: what is cheap to check of each answer.
 *
 * @typedef {{ request: Request, answerBytes: number }} CheckedRequest
 */

/**
 * Sends a request over and over, each time as another caller; as many at a time as there are connections.
 *
 * @param {Connections} connections
 * @param {CheckedRequest} checked
 * @param {object} amount
 * @param {number} amount.requests
 * @param {number} amount.concurrency
 * @returns {Promise<{ tookMs: number, latenciesMs: number[] }>}
 */
export async function load(connections, { request, answerBytes }, { requests, concurrency }) {
  /** @type {number[]} */
  const latenciesMs = [];
  let left = requests;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      const sentMs = performance.now();
      const { status, body } = await connections.send(request);
      latenciesMs.push(performance.now() - sentMs);
      if (status !== 200 || body.length !== answerBytes) throw new WrongAnswer(status, body);
    }
  };
  const startMs = performance.now();
  await Promise.all(Array.from({ length: concurrency }, worker));
  return { tookMs: performance.now() - startMs, latenciesMs };
}

/** An answer that is not what the operation asks for. */
export class WrongAnswer extends Error {
  /**
   * @param {number} status
   * @param {Buffer} body
   */
  constructor(status, body) {
    super(`wrong answer, HTTP ${status}: ${body.toString().slice(0, 500)}`);
  }
}
