import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import { readDraft } from "../data/index.js";
import type { Account, ReasonCollection, ReasonDraft } from "../data/index.js";
import { requireAccount } from "./authentication.js";
import type { Access } from "./authentication.js";
import type { EmulatorContext } from "../state.js";
import { jsonOf, queryOf, sendJson } from "../http.js";
import type { AccountParams } from "../http.js";
import { isJsonObject, parseLong } from "../../lib/index.js";
import { Problem } from "../problem.js";
import {
  isCurrentRevision,
  requireRevision,
  requireVersion,
  statusReasonsPath,
} from "./status-reason.protocol.js";

interface ReasonParams {
  Params: { accountId: string; id: string };
}

type ReasonRequest = FastifyRequest<ReasonParams>;
type ReasonHandler = (request: ReasonRequest, reply: FastifyReply) => FastifyReply;

/** The Agent Status Reason API: list, by id, create, update, delete. */
export function statusReasonRoutes(app: FastifyInstance, context: EmulatorContext): void {
  const { state } = context;
  const collectionPath = `/api/account/:accountId${statusReasonsPath}`;
  const reasonPath = `${collectionPath}/:id`;

  app.get<AccountParams>(collectionPath, (request, reply) => {
    const { reasons } = checkedAccount(request, context, "reads");
    if (state.edition.conditionalReads && isCurrentRevision(request.headers["if-match"], reasons.revision)) {
      return reply.code(304).send();
    }
    return sendJson(reply, 200, reasons.list(includesDeleted(request)));
  });

  app.get<ReasonParams>(reasonPath, (request, reply) => {
    const { reasons } = checkedAccount(request, context, "reads");
    return sendJson(reply, 200, reasons.get(idOf(request), includesDeleted(request)));
  });

  app.post<AccountParams>(collectionPath, (request, reply) => {
    const { reasons } = checkedAccount(request, context, "writes");
    const body = jsonOf(request);
    if (!Array.isArray(body)) {
      return sendJson(reply, state.edition.createdStatus, reasons.create([readDraft(body, true)])[0]);
    }
    if (body.length === 0) throw new Problem(400, "The body must have at least one status reason.");
    const created = reasons.create(body.map((item) => readDraft(item, true)));
    return sendJson(reply, state.edition.createdStatus, rotated(created));
  });

  const update: ReasonHandler = (request, reply) => {
    const { reasons } = checkedAccount(request, context, "writes");
    const id = idOf(request);
    const draft = readReplacement(jsonOf(request), id);
    requireCurrent(request, reasons, id);
    const updated = reasons.update(id, draft);
    return updated === undefined ? reply.code(304).send() : sendJson(reply, 200, updated);
  };

  const remove: ReasonHandler = (request, reply) => {
    const { reasons } = checkedAccount(request, context, "writes");
    const id = idOf(request);
    requireCurrent(request, reasons, id);
    reasons.remove(id);
    return reply.code(state.edition.deletedStatus).send();
  };

  /** A missing reason is a 404, whatever the revision. */
  function requireCurrent(request: ReasonRequest, reasons: ReasonCollection, id: bigint): void {
    reasons.get(id);
    requireRevision(request.headers["if-match"], reasons.revision, state.edition);
  }

  app.put<ReasonParams>(reasonPath, update);
  app.delete<ReasonParams>(reasonPath, remove);

  // For clients behind an intermediary that blocks PUT and DELETE.
  const tunnelled: Readonly<Record<string, ReasonHandler>> = { PUT: update, DELETE: remove };
  app.post<ReasonParams>(reasonPath, (request, reply) => {
    const handler = tunnelled[String(request.headers["x-http-method-override"])];
    if (handler === undefined) throw new Problem(405, "Method not allowed.");
    return handler(request, reply);
  });
}

/** Checks what every operation needs, in this order: credentials, access to the account, a valid version. */
function checkedAccount(
  request: FastifyRequest<AccountParams>,
  context: EmulatorContext,
  access: Access,
): Account {
  const account = requireAccount(request, context, access);
  requireVersion(request);
  return account;
}

function includesDeleted(request: FastifyRequest): boolean {
  const { include_deleted: text = "false" } = queryOf(request);
  if (text !== "true" && text !== "false") throw new Problem(400, "include_deleted must be true or false.");
  return text === "true";
}

function idOf(request: ReasonRequest): bigint {
  const id = parseLong(request.params.id);
  if (id === undefined || id === 0n) throw new Problem(400, "The id must be a positive long.");
  return id;
}

function readReplacement(body: unknown, id: bigint): ReasonDraft {
  if (isJsonObject(body) && "id" in body && parseLong(body["id"]) !== id) {
    throw new Problem(400, "The id in the body differs from the id in the path.");
  }
  return readDraft(body, false);
}

/** Rotates the items: the contract defines no order, so clients must not rely on the order of the request. */
function rotated<T>(items: readonly T[]): T[] {
  return [...items.slice(1), ...items.slice(0, 1)];
}
