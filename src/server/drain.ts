import type { FastifyInstance } from "fastify";

/** Whether the gateway still takes requests. */
export interface Drain {
  readonly isDraining: boolean;
  /**
   * Has `cut` called when what is still in flight is to be given up, at once if that was before.
   *
   * @returns ends that
   */
  onCut(cut: () => void): () => void;
  /** From now on every answer is the last one of its connection. */
  begin(): void;
  cut(): void;
}

/** The drain of a server that does not yet serve. */
export function createDrain(): Drain {
  let isDraining = false;
  let isCut = false;
  const inFlight = new Set<() => void>();
  return {
    get isDraining() {
      return isDraining;
    },
    onCut: (cut) => {
      if (isCut) cut();
      inFlight.add(cut);
      return () => inFlight.delete(cut);
    },
    begin: () => {
      isDraining = true;
    },
    cut: () => {
      isCut = true;
      for (const cut of inFlight) cut();
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
