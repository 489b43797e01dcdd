import type { FastifyInstance } from "fastify";

const everywhere = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
};

const policyHeader = "content-security-policy";

/** An answer that is data needs nothing; the landing page brings a policy of its own for Sandbox. */
const dataPolicy = "default-src 'none'; frame-ancestors 'none'";
const pagePolicy = "frame-ancestors 'none'";

/**
 * Tells browsers to do nothing with an answer but what it is for. Not here: Strict-Transport-Security, which
 * belongs to whatever ends TLS before the gateway.
 */
export function registerSecurityHeaders(app: FastifyInstance): void {
  app.addHook("onSend", (_request, reply, payload, done) => {
    void reply.headers(everywhere);
    const isPage = String(reply.getHeader("content-type")).startsWith("text/html");
    // A route whose page needs more has said so by then.
    if (!reply.hasHeader(policyHeader)) void reply.header(policyHeader, isPage ? pagePolicy : dataPolicy);
    if (!reply.hasHeader("cache-control")) void reply.header("cache-control", "no-store");
    done(null, payload);
  });
}
