import type { FastifyInstance } from "fastify";

import { deltaOf, historyOf, readChangesQuery } from "../data/index.js";
import type { Account, DeltaQuery, HistoryQuery } from "../data/index.js";
import { authenticate, authorize } from "./authentication.js";
import type { EmulatorContext } from "../state.js";
import { jsonOf, sendJson } from "../http.js";
import { isJsonObject } from "../../lib/index.js";
import { Problem } from "../problem.js";
import { requireVersion, setRevision, statusReasonsPath } from "./status-reason.protocol.js";

/** A query and the account that it is about. */
type AccountQuery<Query> = [Account, Query];

/**
 * The older edition's queries: what changed since a revision, and what each revision changed. The accounts
 * ("sites") are in the body, so the response header has the revision of the first one.
 */
export function statusReasonQueryRoutes(app: FastifyInstance, context: EmulatorContext): void {
  app.post(`/api/account${statusReasonsPath}/query`, (request, reply) => {
    const grant = authenticate(request, context.state);
    requireVersion(request);
    const deltas: AccountQuery<DeltaQuery>[] = [];
    const histories: AccountQuery<HistoryQuery>[] = [];
    for (const parameter of parametersOf(jsonOf(request))) {
      const query = readChangesQuery(parameter);
      const account = authorize(grant, context.state, { accountId: query.site, access: "reads" });
      setRevision(reply, account, context.state.edition);
      if ("revision" in query) deltas.push([account, query]);
      else histories.push([account, query]);
    }
    if (deltas.length > 0 && histories.length > 0)
      throw new Problem(400, "A request must have queries of one kind only.");
    return sendJson(reply, 200, deltas.length > 0 ? deltaBody(deltas) : historyBody(histories));
  });
}

function parametersOf(body: unknown): unknown[] {
  if (!isJsonObject(body) || body["type"] !== 1) throw new Problem(400, "type must be 1.");
  const { parameters } = body;
  if (!Array.isArray(parameters) || parameters.length === 0) {
    throw new Problem(400, "parameters are required.");
  }
  return parameters;
}

function deltaBody(queries: readonly AccountQuery<DeltaQuery>[]): unknown {
  const accountList = queries.map(([{ id, reasons }, query]) => ({
    siteId: id,
    itemsCollection: {
      items: deltaOf(reasons, query),
      revision: reasons.revision,
      context: { contextType: "ACCOUNT", contextId: id },
    },
  }));
  return { appDataList: [{ appName: "status-reasons", appApiVersion: 1, accountList: { accountList } }] };
}

function historyBody(queries: readonly AccountQuery<HistoryQuery>[]): unknown {
  return queries.map(([{ id, reasons }, query]) => ({
    siteId: id,
    revisionsCollection: historyOf(reasons, query),
  }));
}
