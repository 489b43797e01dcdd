import cors from "@fastify/cors";
import type { FastifyInstance } from "fastify";

import type { Config } from "../config/index.js";
import { requestIdHeader } from "../observability/index.js";

/** How long a browser may cache the response to a preflight, in seconds. */
const preflightMaxAgeSeconds = 600;

/**
 * Allows calls from pages of the configured origins only. Preflights may ask for any headers: CORS does not count an
 * Authorization header that the page itself sets as credentials.
 */
export async function registerCors(app: FastifyInstance, { corsOrigins }: Config): Promise<void> {
  await app.register(cors, {
    origin: corsOrigins === "any" ? "*" : [...corsOrigins],
    methods: ["GET", "POST"],
    exposedHeaders: [requestIdHeader, "retry-after"],
    maxAge: preflightMaxAgeSeconds,
    // Responds to an OPTIONS request that is no preflight as to a preflight, not with an error.
    strictPreflight: false,
  });
}
