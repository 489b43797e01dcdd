import { setMaxListeners } from "node:events";
import type { ServerResponse } from "node:http";

import { CallCancelled, DeadlinePassed } from "../upstream/call.js";

/**
 * The signal for all the upstream work of one request: aborted when the time is up or the caller goes
 * away, whichever comes first.
 */
export function requestSignal(response: ServerResponse, timeoutMs: number): AbortSignal {
  const controller = new AbortController();
  // Every upstream call in flight listens: there is no number of them that would be a leak.
  setMaxListeners(0, controller.signal);
  const timer = setTimeout(() => {
    controller.abort(new DeadlinePassed());
  }, timeoutMs);
  response.once("close", () => {
    clearTimeout(timer);
    if (!response.writableFinished) controller.abort(new CallCancelled());
  });
  return controller.signal;
}
