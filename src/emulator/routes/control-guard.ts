import { createHash } from "node:crypto";

import type { FastifyRequest } from "fastify";

import type { JournalEntry } from "../data/index.js";
import { Problem } from "../problem.js";

/** This machine, by the names and addresses it has for itself; a port may follow. */
const loopbackHost = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i;

const loopbackAddress = /^(127\.|::1$|::ffff:127\.)/;

/** Requests to these hold passwords and client secrets in their bodies. */
const secretBody = /\/(login|app\/token)$/;

/**
 * Lets only programs of this machine use the controls, which ask for no authentication: no other machine, and no page
 * in a browser here, be it by a form, by a request that needs no preflight, or by a name that leads here (DNS
 * rebinding).
 *
 * @throws Problem 403, or 415 for a body that is not declared as JSON
 */
export function guardControl({ headers, socket }: FastifyRequest): void {
  if (!loopbackAddress.test(socket.remoteAddress ?? "")) {
    throw new Problem(403, "The controls are for programs of the same machine.");
  }
  if (!loopbackHost.test(headers.host ?? "")) {
    throw new Problem(403, "The Host header does not name this machine.");
  }
  const isFromPage = headers.origin !== undefined && headers.origin !== `http://${headers.host ?? ""}`;
  if (isFromPage || /^(cross|same)-site$/.test(headers["sec-fetch-site"] ?? "")) {
    throw new Problem(403, "The controls are not for pages of other origins.");
  }
  const hasBody = headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
  const type = headers["content-type"];
  if ((hasBody || type !== undefined) && !/^application\/json\s*(;|$)/i.test(type ?? "")) {
    throw new Problem(415, "The body must be application/json.");
  }
}

/** An entry as it leaves the process: who compares credentials compares their fingerprints. */
export function withoutSecrets(entry: JournalEntry): JournalEntry {
  const { authorization } = entry.headers;
  const headers = {
    ...entry.headers,
    ...(authorization !== undefined && { authorization: hidden(authorization) }),
  };
  const body = entry.body !== "" && secretBody.test(entry.path) ? fingerprint(entry.body) : entry.body;
  return { ...entry, headers, body };
}

/** The scheme stays: it tells which way of authentication was taken. */
function hidden(authorization: string): string {
  const [scheme = "", credential] = authorization.split(/ (.*)/s);
  return credential === undefined ? fingerprint(authorization) : `${scheme} ${fingerprint(credential)}`;
}

function fingerprint(text: string): string {
  return `sha256:${createHash("sha256").update(text).digest("hex").slice(0, 16)}`;
}
