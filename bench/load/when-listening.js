/** @import { LoadResponse, Connections, Request } from "./connections.js" */

const startWithinMs = 30_000;
const retryAfterMs = 2;

/**
 * Sends a request to a server that has just been started, until somebody listens.
 *
 * @param {Connections} connections
 * @param {Request} request
 * @returns {Promise<LoadResponse>}
 */
export async function whenListening(connections, request) {
  const giveUpMs = performance.now() + startWithinMs;
  for (;;) {
    try {
      return await connections.send(request);
    } catch (error) {
      if (!isRefused(error) || performance.now() > giveUpMs) throw error;
      await new Promise((resolve) => setTimeout(resolve, retryAfterMs));
    }
  }
}

/** @param {unknown} error */
function isRefused(error) {
  return error instanceof Error && "code" in error && error.code === "ECONNREFUSED";
}
