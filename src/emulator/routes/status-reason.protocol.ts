import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import type { Account } from "../data/index.js";
import { queryOf } from "../http.js";
import { parseLong } from "../../lib/index.js";
import { Problem } from "../problem.js";
import type { Edition, EmulatorContext } from "../state.js";

/** The part that all paths of the status-reason API have in common. */
export const statusReasonsPath = "/configuration/le-agents/status-reasons";

/**
 * Sets the revision of the account's collection on every response of the status-reason API, including errors. The hook
 * runs in the same tick as the write, so no other write can come in between.
 */
export function sendRevisions(app: FastifyInstance, { state }: EmulatorContext): void {
  app.addHook("onSend", (request, reply, payload, done) => {
    const { accountId = "" } = (request.params ?? {}) as { accountId?: string };
    const account = state.accounts.get(accountId);
    if (account !== undefined && request.routeOptions.url?.includes(statusReasonsPath) === true) {
      setRevision(reply, account, state.edition);
    }
    done(null, payload);
  });
}

/** Sets the revision header unless it is already set. */
export function setRevision(reply: FastifyReply, { reasons }: Account, { revisionHeader }: Edition): void {
  if (reply.hasHeader(revisionHeader)) return;
  const quote = revisionHeader === "etag" ? '"' : "";
  void reply.header(revisionHeader, `${quote}${reasons.revision}${quote}`);
}

/**
 * Compares a write's `If-Match` with the collection's revision. The header has the number, quoted as an ETag or not;
 * -1 matches any revision.
 *
 * @throws Problem 400 if the header is missing or malformed, 409 (or 412, by edition) if it is stale
 */
export function requireRevision(header: string | undefined, revision: bigint, edition: Edition): void {
  const text = unquoted(header);
  if (text === "-1") return;
  const expected = parseLong(text);
  if (expected === undefined) throw new Problem(400, "The header If-Match must have a revision.");
  if (expected !== revision) throw new Problem(edition.staleStatus, "The revision is not the current one.");
}

/** Whether a read's `If-Match` names the collection's revision: sister APIs respond 304 then. */
export function isCurrentRevision(header: string | undefined, revision: bigint): boolean {
  return parseLong(unquoted(header)) === revision;
}

function unquoted(header: string | undefined): string | undefined {
  return /^(?:W\/)?"(.*)"$/.exec(header ?? "")?.[1] ?? header;
}

/**
 * Checks the query parameter `v`: a decimal number, 1.0 if it is missing.
 *
 * @throws Problem 400
 */
export function requireVersion(request: FastifyRequest): void {
  const { v = "1.0" } = queryOf(request);
  if (!/^\d+(\.\d+)?$/.test(v)) throw new Problem(400, "v must be a number.");
}
