import type { FastifyRequest } from "fastify";

import { queryOf } from "../exchange.js";
import { Problem } from "../problem.js";

/**
 * The query parameter `v`: a double, 1.0 when it is missing.
 *
 * @throws Problem 400
 */
export function requireVersion(request: FastifyRequest): void {
  const { v = "1.0" } = queryOf(request);
  if (!/^\d+(\.\d+)?$/.test(v)) throw new Problem(400, "v must be a number.");
}
