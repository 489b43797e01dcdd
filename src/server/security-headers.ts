import type { FastifyInstance } from "fastify";

const fixedHeaders = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
};

const policyHeader = "content-security-policy";

/** Responses with data load nothing. HTML may: Apollo's landing page adds a policy of its own for Sandbox. */
const dataPolicy = "default-src 'none'; frame-ancestors 'none'";
const pagePolicy = "frame-ancestors 'none'";

/** Of every response that says nothing else. */
export const usualCacheControl = "no-store";

/**
 * Sets the headers that restrict what browsers do with a response. Strict-Transport-Security is left to the proxy that
 * terminates TLS.
 */
export function registerSecurityHeaders(app: FastifyInstance): void {
  app.addHook("onSend", (_request, reply, payload, done) => {
    void reply.headers(fixedHeaders);
    const isPage = String(reply.getHeader("content-type")).startsWith("text/html");
    // A route may have set a policy of its own.
    if (!reply.hasHeader(policyHeader)) void reply.header(policyHeader, isPage ? pagePolicy : dataPolicy);
    if (!reply.hasHeader("cache-control")) void reply.header("cache-control", usualCacheControl);
    done(null, payload);
  });
}
