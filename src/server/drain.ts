import { setMaxListeners } from "node:events";

import type { FastifyInstance } from "fastify";

import { trackSilentConnections } from "./silent-connections.js";

/** Whether the gateway still takes requests. */
export interface Drain {
  readonly isDraining: boolean;
  /** Aborted when what is still in flight is to be given up. */
  readonly cutSignal: AbortSignal;
  /** Closes the connections that nothing was ever sent on. */
  closeSilent(): void;
  /** From now on every answer is the last one of its connection. */
  begin(): void;
  cut(): void;
}

/**
 * Lets connections end with the answer they wait for once the gateway stops: a caller that keeps its
 * connection alive would otherwise keep the gateway from stopping.
 */
export function registerDrain(app: FastifyInstance): Drain {
  let isDraining = false;
  const cutting = new AbortController();
  // Every request in flight listens: there is no number of them that would be a leak.
  setMaxListeners(0, cutting.signal);
  app.addHook("onSend", (_request, reply, payload, done) => {
    if (isDraining) void reply.header("connection", "close");
    done(null, payload);
  });
  return {
    closeSilent: trackSilentConnections(app.server),
    get isDraining() {
      return isDraining;
    },
    cutSignal: cutting.signal,
    begin: () => {
      isDraining = true;
    },
    cut: () => {
      cutting.abort();
    },
  };
}
