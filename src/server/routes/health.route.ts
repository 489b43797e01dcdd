import type { FastifyInstance } from "fastify";

import type { Drain } from "../drain.js";
import { registerAllowedMethods } from "../http-errors.js";

/** `/livez`: the process runs. `/readyz`: it takes requests; 503 as soon as it begins to stop. */
export function registerHealth(app: FastifyInstance, drain: Drain): void {
  app.get("/livez", () => ({ status: "ok" }));
  app.get("/readyz", (_request, reply) =>
    drain.isDraining ? reply.code(503).send({ status: "stopping" }) : { status: "ready" },
  );
  for (const path of ["/livez", "/readyz"]) registerAllowedMethods(app, path, ["GET", "HEAD"]);
}
