import type { FastifyInstance, FastifyRequest } from "fastify";

import { findStatusChanges, readStatusChangesQuery, statusChangeWire } from "../agent-activity/index.js";
import type { StatusChangesQuery } from "../agent-activity/index.js";
import type { StatusChangesWire } from "../../wire/index.js";
import { requireAccount } from "./authentication.js";
import { queryOf, sendJson } from "../http.js";
import type { AccountParams } from "../http.js";
import type { EmulatorContext } from "../state.js";

/**
 * The Agent Activity API: the history of agents' changes, which the agent view's durations are computed from. The real
 * one is up to an hour late; this one is not.
 */
export function agentActivityRoutes(app: FastifyInstance, context: EmulatorContext): void {
  app.get<AccountParams>("/api/v2/account/:accountId/status-changes", (request, reply) => {
    const { agents, reasons } = requireAccount(request, context, "activity");
    const query = readStatusChangesQuery(queryOf(request), context.now());
    const found = findStatusChanges(agents, query);
    const shown = found.slice(query.offset, query.offset + query.limit);
    const response: StatusChangesWire = {
      _metadata: { references: links(request, query, found.length) },
      timeframe: {
        startTime: new Date(query.window.from).toISOString(),
        endTime: new Date(query.window.to).toISOString(),
      },
      stateChanges: shown.map((event) => statusChangeWire(event, reasons)),
    };
    return sendJson(reply, 200, response);
  });
}

type Links = NonNullable<StatusChangesWire["_metadata"]>["references"];

/** The links to this page and the first one, and to others where there are any. */
function links(request: FastifyRequest, { offset, limit }: StatusChangesQuery, count: number): Links {
  const link = (rel: string, start: number): Links[number] => {
    const url = new URL(`http://${request.host}${request.url}`);
    url.searchParams.set("offset", String(start));
    url.searchParams.set("limit", String(limit));
    return { rel, href: url.href };
  };
  const last = Math.max(0, Math.ceil(count / limit) - 1) * limit;
  return [
    link("self", offset),
    link("first", 0),
    ...(offset > 0 ? [link("previous", Math.max(0, offset - limit))] : []),
    ...(offset + limit < count ? [link("next", offset + limit)] : []),
    ...(last > 0 ? [link("last", last)] : []),
  ];
}
