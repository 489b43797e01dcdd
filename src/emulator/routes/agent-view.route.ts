import type { FastifyInstance, FastifyRequest } from "fastify";

import { agentViewCap } from "../../wire/index.js";
import { agentViewRecord, readAgentViewPage, readAgentViewQuery, searchAgents } from "../agent-view/index.js";
import type { AgentViewPage } from "../agent-view/index.js";
import { requireAccount } from "./authentication.js";
import type { EmulatorContext } from "../state.js";
import { jsonOf, queryOf, sendJson } from "../http.js";
import type { AccountParams } from "../http.js";

interface Link {
  rel: "self" | "next" | "last";
  href: string;
}

/** The agent view of the Key Messaging Metrics API: agents' live status. */
export function agentViewRoutes(app: FastifyInstance, context: EmulatorContext): void {
  app.post<AccountParams>("/manager_workspace/api/account/:accountId/agent_view", (request, reply) => {
    const { agents } = requireAccount(request, context, "reads");
    const page = readAgentViewPage(queryOf(request));
    const query = readAgentViewQuery(jsonOf(request), context.now());
    const found = searchAgents(agents, query, page);
    const shown = found.slice(page.offset, page.offset + page.limit);
    return sendJson(reply, 200, {
      metadata: { count: found.length, ...links(request, page, found.length) },
      agentViewRecords: shown.map((agent) => agentViewRecord(agent, query, agents)),
    });
  });
}

/** The links to other pages. There is no link to a next page beyond the last one or beyond the cap. */
function links(
  request: FastifyRequest,
  { offset, limit, sort }: AgentViewPage,
  count: number,
): Partial<Record<Link["rel"], Link>> {
  const { pathname } = new URL(`http://${request.host}${request.url}`);
  const link = (rel: Link["rel"], start: number): Link => {
    const query = `offset=${start}&limit=${limit}${sort === undefined ? "" : `&sort=${sort.field}:${sort.direction}`}`;
    return { rel, href: `http://${request.host}${pathname}?${query}` };
  };
  const next = offset + limit;
  const hasNext = next < count && next + limit <= agentViewCap;
  return {
    self: link("self", offset),
    ...(hasNext ? { next: link("next", next) } : {}),
    last: link("last", Math.max(0, Math.ceil(count / limit) - 1) * limit),
  };
}
