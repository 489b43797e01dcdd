import type { FastifyInstance } from "fastify";

import { registerAllowedMethods } from "../http-errors.js";

/** Whether the gateway takes requests, or the reason why not. */
export type Readiness = "ready" | "stopping" | "upstream circuit open";

/** `/livez`: 200 while the process runs. `/readyz`: 200 while the gateway takes requests, else 503. */
export function registerHealth(app: FastifyInstance, readiness: () => Readiness): void {
  app.get("/livez", () => ({ status: "ok" }));
  app.get("/readyz", (_request, reply) => {
    const status = readiness();
    return reply.code(status === "ready" ? 200 : 503).send({ status });
  });
  for (const path of ["/livez", "/readyz"]) registerAllowedMethods(app, path, ["GET", "HEAD"]);
}
