import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import type { Account } from "../data/index.js";
import { queryOf } from "../http.js";
import { parseLong } from "../json.js";
import { Problem } from "../problem.js";
import type { Edition, EmulatorContext } from "../state.js";

/** What every path of the status-reason API has in it. */
export const statusReasonsPath = "/configuration/le-agents/status-reasons";

/**
 * Puts the revision of the account's collection on every response of the status-reason API, refusals
 * included. The hook runs in the same turn as the write, so no other write comes in between.
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

/** Sets the header, unless it is there already. */
export function setRevision(reply: FastifyReply, { reasons }: Account, { revisionHeader }: Edition): void {
  if (reply.hasHeader(revisionHeader)) return;
  const quote = revisionHeader === "etag" ? '"' : "";
  void reply.header(revisionHeader, `${quote}${reasons.revision}${quote}`);
}

/**
 * Holds a write's `If-Match` against the collection's revision. The header takes the number, quoted as an
 * ETag or not; -1 stands for any revision.
 *
 * @throws Problem 400 when the header is missing or malformed, 409 (or 412, by edition) when it is stale.
 */
export function requireRevision(header: string | undefined, revision: bigint, edition: Edition): void {
  const text = unquoted(header);
  if (text === "-1") return;
  const expected = parseLong(text);
  if (expected === undefined) throw new Problem(400, "The header If-Match must carry a revision.");
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
 * The query parameter `v`: a double, 1.0 when it is missing.
 *
 * @throws Problem 400
 */
export function requireVersion(request: FastifyRequest): void {
  const { v = "1.0" } = queryOf(request);
  if (!/^\d+(\.\d+)?$/.test(v)) throw new Problem(400, "v must be a number.");
}
