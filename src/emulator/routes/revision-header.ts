import type { FastifyInstance, FastifyReply } from "fastify";

import type { Account, Edition } from "../data/index.js";
import type { EmulatorContext } from "../context.js";

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
