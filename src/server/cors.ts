import cors from "@fastify/cors";
import type { FastifyInstance } from "fastify";

import type { Config } from "../config/index.js";
import { requestIdHeader } from "../observability/index.js";

/** How long a browser may keep a preflight's answer, in seconds. */
const preflightMaxAgeSeconds = 600;

/**
 * Lets pages of the configured origins call, exactly those. A preflight is answered with the headers it asks
 * for: an Authorization header that the page sets itself is no credential in the sense of CORS.
 */
export async function registerCors(app: FastifyInstance, { corsOrigins }: Config): Promise<void> {
  await app.register(cors, {
    origin: corsOrigins === "any" ? "*" : [...corsOrigins],
    methods: ["GET", "POST"],
    exposedHeaders: [requestIdHeader, "retry-after"],
    maxAge: preflightMaxAgeSeconds,
    // An OPTIONS that is no preflight is no mistake worth an error: it is answered like one.
    strictPreflight: false,
  });
}
