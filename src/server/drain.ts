import type { FastifyInstance } from "fastify";

/** Whether the gateway still takes requests. */
export class Drain {
  #isDraining = false;

  get isDraining(): boolean {
    return this.#isDraining;
  }

  /** From now on every response is the last one of its connection. */
  begin(): void {
    this.#isDraining = true;
  }
}

/**
 * Closes each connection after its next response once the gateway drains: connections that are kept alive would delay
 * shutdown.
 */
export function registerDrain(app: FastifyInstance, drain: Drain): void {
  app.addHook("onSend", (_request, reply, payload, done) => {
    if (drain.isDraining) void reply.header("connection", "close");
    done(null, payload);
  });
}
