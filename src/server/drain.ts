import type { FastifyInstance } from "fastify";

import { CallCancelled } from "../upstream/call.js";
import type { LightAbort } from "../upstream/light-abort.js";
import { takeOut } from "../upstream/take-out.js";

/** Whether the gateway still takes requests. */
export interface Drain {
  readonly isDraining: boolean;
  /** Has work aborted when what is still in flight is to be given up, at once if that was before. */
  enter(work: LightAbort): void;
  /** Work has ended. */
  leave(work: LightAbort): void;
  /** From now on every answer is the last one of its connection. */
  begin(): void;
  /** Gives up what is still in flight. */
  cut(): void;
}

/** The drain of a server that does not yet serve. */
export function createDrain(): Drain {
  let isDraining = false;
  let isCut = false;
  const inFlight: LightAbort[] = [];
  return {
    get isDraining() {
      return isDraining;
    },
    enter: (work) => {
      if (isCut) work.abort(new CallCancelled());
      inFlight.push(work);
    },
    leave: (work) => {
      takeOut(inFlight, work);
    },
    begin: () => {
      isDraining = true;
    },
    cut: () => {
      isCut = true;
      for (const work of [...inFlight]) work.abort(new CallCancelled());
    },
  };
}

/**
 * Lets connections end with the answer they wait for once the gateway stops: a caller that keeps its
 * connection alive would otherwise keep the gateway from stopping.
 */
export function registerDrain(app: FastifyInstance, drain: Drain): void {
  app.addHook("onSend", (_request, reply, payload, done) => {
    if (drain.isDraining) void reply.header("connection", "close");
    done(null, payload);
  });
}
