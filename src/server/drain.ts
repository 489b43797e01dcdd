import type { FastifyInstance } from "fastify";

/** Whether the gateway still takes requests. */
export class Drain {
  #isDraining = false;

  get isDraining(): boolean {
    return this.#isDraining;
  }

  /** From now on every answer is the last one of its connection. */
  begin(): void {
    this.#isDraining = true;
  }
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
