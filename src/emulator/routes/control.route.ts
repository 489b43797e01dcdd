import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import { serviceNames } from "../data/index.js";
import type { EmulatedAgent } from "../data/index.js";
import { guardControl, withoutSecrets } from "./control-guard.js";
import type { EmulatorContext } from "../state.js";
import { jsonOf, sendJson } from "../http.js";
import { readFault } from "../faults/index.js";
import { isJsonObject, parseLong } from "../../lib/index.js";
import { Problem } from "../problem.js";
import { isControl } from "../traffic.js";

interface AgentParams {
  Params: { accountId: string; agentId: string };
}

interface ServiceParams {
  Params: { accountId: string; service: string };
}

/**
 * The emulator's control endpoints, for people and for tests in another process. They need no authentication and
 * accept requests from the same machine only.
 */
export function controlRoutes(app: FastifyInstance, context: EmulatorContext, reset: () => void): void {
  const { journal, faults, rateLimit, state, clock } = context;

  app.addHook("onRequest", (request, _reply, done) => {
    if (isControl(request)) guardControl(request);
    done();
  });

  app.get("/emulator/journal", (_request, reply) =>
    sendJson(reply, 200, { requests: journal.requests.map(withoutSecrets), writes: journal.writes }),
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

  app.put("/emulator/rate-limit", (request, reply) => {
    rateLimit.set(readRateLimit(jsonOf(request)));
    return reply.code(204).send();
  });
  app.delete("/emulator/rate-limit", (_request, reply) => {
    rateLimit.set(undefined);
    return reply.code(204).send();
  });

  const sendClock = (_request: FastifyRequest, reply: FastifyReply): FastifyReply =>
    sendJson(reply, 200, { now: new Date(clock.now()).toISOString() });
  app.get("/emulator/clock", sendClock);
  app.put("/emulator/clock", (request, reply) => {
    const { at, runs } = readClock(jsonOf(request));
    clock.set(at, { runs });
    return sendClock(request, reply);
  });
  app.delete("/emulator/clock", (_request, reply) => {
    clock.release();
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

  app.put<ServiceParams>("/emulator/accounts/:accountId/services/:service", (request, reply) => {
    const { accountId, service } = request.params;
    const known = serviceNames.find((name) => name === service);
    if (known === undefined) throw new Problem(404, "The service was not found.");
    state.account(accountId).moveService(known, readBaseUri(jsonOf(request)));
    return reply.code(204).send();
  });
}

/** The clock stands still at `now`, unless `runs` is true. */
function readClock(body: unknown): { at: number; runs: boolean } {
  const { now, runs = false } = isJsonObject(body) ? body : {};
  const at = typeof now === "string" ? Date.parse(now) : NaN;
  if (Number.isNaN(at)) throw new Problem(400, "now must be an ISO 8601 time.");
  if (typeof runs !== "boolean") throw new Problem(400, "runs must be a boolean.");
  return { at, runs };
}

function readRateLimit(body: unknown): number {
  const perSecond = isJsonObject(body) ? body["perSecond"] : undefined;
  if (Number.isSafeInteger(perSecond) && Number(perSecond) >= 0) return Number(perSecond);
  throw new Problem(400, "perSecond must be a whole number.");
}

/** Any text is accepted: tests also move services to invalid hosts. */
function readBaseUri(body: unknown): string {
  const baseUri = isJsonObject(body) ? body["baseUri"] : undefined;
  if (typeof baseUri !== "string") throw new Problem(400, "baseUri must be a string.");
  return baseUri;
}

/** A missing status stays as it is; a missing reason, or null, means no reason. */
function readStatus(body: unknown, agent: EmulatedAgent): { status: string; reasonId: string | undefined } {
  if (!isJsonObject(body)) throw new Problem(400, "The body must have status and reasonId.");
  const { status = agent.status, reasonId = null } = body;
  if (typeof status !== "string") throw new Problem(400, "status must be a string.");
  const id = parseLong(reasonId);
  if (reasonId !== null && id === undefined) throw new Problem(400, "reasonId must be a positive long.");
  return { status, reasonId: id?.toString() };
}
