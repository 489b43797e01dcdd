import type { FastifyInstance } from "fastify";

/** Whether the gateway still takes requests. */
export interface Drain {
  readonly isDraining: boolean;
  /** From now on every answer is the last one of its connection. */
  begin(): void;
}

/**
 * Lets connections end with the answer they wait for once the gateway stops: a caller that keeps its
 * connection alive would otherwise keep the gateway from stopping.
 */
export function registerDrain(app: FastifyInstance): Drain {
  let isDraining = false;
  app.addHook("onSend", (_request, reply, payload, done) => {
    if (isDraining) void reply.header("connection", "close");
    done(null, payload);
  });
  return {
    get isDraining() {
      return isDraining;
    },
    begin: () => {
      isDraining = true;
    },
  };
}
