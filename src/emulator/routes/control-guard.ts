import { createHash } from "node:crypto";

import type { FastifyRequest } from "fastify";

import type { JournalEntry } from "../data/index.js";
import { Problem } from "../problem.js";

/** A loopback name or address, with or without a port. */
const loopbackHost = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i;

const loopbackAddress = /^(127\.|::1$|::ffff:127\.)/;

/** Paths of requests whose bodies hold passwords or client secrets. */
const secretBody = /\/(login|app\/token)$/;

/**
 * Refuses requests to the control endpoints from anything but a program of this machine, since they need no
 * authentication. Refuses other machines and web pages in a local browser: forms, requests without a preflight, and
 * host names that resolve to this machine (DNS rebinding).
 *
 * @throws Problem 403, or 415 for a body that is not declared as JSON
 */
export function guardControl({ headers, socket }: FastifyRequest): void {
  if (!loopbackAddress.test(socket.remoteAddress ?? "")) {
    throw new Problem(403, "The control endpoints are for programs on the same machine only.");
  }
  if (!loopbackHost.test(headers.host ?? "")) {
    throw new Problem(403, "The Host header does not name this machine.");
  }
  const isFromPage = headers.origin !== undefined && headers.origin !== `http://${headers.host ?? ""}`;
  if (isFromPage || /^(cross|same)-site$/.test(headers["sec-fetch-site"] ?? "")) {
    throw new Problem(403, "The control endpoints are not for pages of other origins.");
  }
  const hasBody = headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
  const type = headers["content-type"];
  if ((hasBody || type !== undefined) && !/^application\/json\s*(;|$)/i.test(type ?? "")) {
    throw new Problem(415, "The body must be application/json.");
  }
}

/** A journal entry with fingerprints in place of credentials, which can still be compared. */
export function withoutSecrets(entry: JournalEntry): JournalEntry {
  const { authorization } = entry.headers;
  const headers = {
    ...entry.headers,
    ...(authorization !== undefined && { authorization: hidden(authorization) }),
  };
  const body = entry.body !== "" && secretBody.test(entry.path) ? fingerprint(entry.body) : entry.body;
  return { ...entry, headers, body };
}

/** Keeps the scheme, which tells how the request was authenticated. */
function hidden(authorization: string): string {
  const [scheme = "", credential] = authorization.split(/ (.*)/s);
  return credential === undefined ? fingerprint(authorization) : `${scheme} ${fingerprint(credential)}`;
}

function fingerprint(text: string): string {
  return `sha256:${createHash("sha256").update(text).digest("hex").slice(0, 16)}`;
}
