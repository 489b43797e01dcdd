import type { ServerResponse } from "node:http";

import { CallCancelled, DeadlinePassed } from "../upstream/call.js";
import { LightAbort } from "../upstream/light-abort.js";
import type { LightAbortSignal } from "../upstream/light-abort.js";
import type { Drain } from "./drain.js";

/**
 * The signal for all the upstream work of one request: aborted when the time is up, the caller goes away or
 * the gateway gives up what is in flight, whichever comes first.
 */
export function requestSignal(
  response: ServerResponse,
  timeoutMs: number,
  drain: Pick<Drain, "enter" | "leave">,
): LightAbortSignal {
  const abort = new LightAbort();
  const timer = setTimeout(() => {
    abort.abort(new DeadlinePassed());
  }, timeoutMs);
  drain.enter(abort);
  response.on("close", () => {
    clearTimeout(timer);
    drain.leave(abort);
    if (!response.writableFinished) abort.abort(new CallCancelled());
  });
  return abort;
}
