import { setMaxListeners } from "node:events";
import type { ServerResponse } from "node:http";

import { CallCancelled, DeadlinePassed } from "../upstream/call.js";

/**
 * The signal for all the upstream work of one request: aborted when the time is up, the caller goes away or
 * the gateway gives up what is in flight, whichever comes first.
 *
 * @param cutSignal aborted when the gateway gives up what is in flight
 */
export function requestSignal(
  response: ServerResponse,
  timeoutMs: number,
  cutSignal: AbortSignal,
): AbortSignal {
  const controller = new AbortController();
  // Every upstream call in flight listens: there is no number of them that would be a leak.
  setMaxListeners(0, controller.signal);
  const cancel = (): void => {
    controller.abort(new CallCancelled());
  };
  const timer = setTimeout(() => {
    controller.abort(new DeadlinePassed());
  }, timeoutMs);
  if (cutSignal.aborted) cancel();
  cutSignal.addEventListener("abort", cancel);
  response.once("close", () => {
    clearTimeout(timer);
    cutSignal.removeEventListener("abort", cancel);
    if (!response.writableFinished) cancel();
  });
  return controller.signal;
}
