import type { FastifyInstance } from "fastify";

import type { EmulatedAgent } from "./agent.js";
import type { EmulatorContext } from "./context.js";
import { jsonOf, sendJson } from "./exchange.js";
import { readFault } from "./fault-reader.js";
import { isObject, parseLong } from "./json.js";
import { Problem } from "./problem.js";

interface AgentParams {
  Params: { accountId: string; agentId: string };
}

/** The emulator's controls over HTTP, for people, and for tests in another process. No authentication. */
export function controlRoutes(app: FastifyInstance, context: EmulatorContext, reset: () => void): void {
  const { journal, faults, state } = context;

  app.get("/emulator/journal", (_request, reply) =>
    sendJson(reply, 200, { requests: journal.requests, writes: journal.writes }),
  );
  app.delete("/emulator/journal", (_request, reply) => {
    journal.clear();
    return reply.code(204).send();
  });

  app.post("/emulator/faults", (request, reply) => {
    const body = jsonOf(request);
    faults.add(...(Array.isArray(body) ? body : [body]).map(readFault));
    return sendJson(reply, 201, faults.pending);
  });
  app.delete("/emulator/faults", (_request, reply) => {
    faults.clear();
    return reply.code(204).send();
  });

  app.post("/emulator/reset", (_request, reply) => {
    reset();
    return reply.code(204).send();
  });

  app.patch<AgentParams>("/emulator/accounts/:accountId/agents/:agentId", (request, reply) => {
    const { accountId, agentId } = request.params;
    const { agents } = state.account(accountId);
    const { status, reasonId } = readStatus(jsonOf(request), agents.get(agentId));
    return sendJson(reply, 200, agents.setStatus(agentId, status, reasonId));
  });
}

/** A status left out stays; a reason left out, or null, is none. */
function readStatus(body: unknown, agent: EmulatedAgent): { status: string; reasonId: string | undefined } {
  if (!isObject(body)) throw new Problem(400, "status and reasonId are expected.");
  const { status = agent.status, reasonId = null } = body;
  if (typeof status !== "string") throw new Problem(400, "status must be a string.");
  const id = parseLong(reasonId);
  if (reasonId !== null && id === undefined) throw new Problem(400, "reasonId must be a positive long.");
  return { status, reasonId: id?.toString() };
}
