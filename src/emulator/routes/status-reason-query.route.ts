import type { FastifyInstance } from "fastify";

import type { Account, DeltaQuestion, HistoryQuestion } from "../data/index.js";
import { authenticate, authorize } from "./authentication.js";
import type { EmulatorContext } from "../state.js";
import { jsonOf, sendJson } from "../http.js";
import { isObject } from "../json.js";
import { Problem } from "../problem.js";
import { deltaOf, historyOf, readQuestion } from "../data/index.js";
import { setRevision, statusReasonsPath } from "./status-reason.protocol.js";
import { requireVersion } from "./status-reason.protocol.js";

type Asked<Question> = [Account, Question];

/**
 * The older edition's queries: what changed since a revision, and what each revision changed. The accounts
 * ("sites") are in the body, so the revision in the header is that of the first one asked for.
 */
export function statusReasonQueryRoutes(app: FastifyInstance, context: EmulatorContext): void {
  app.post(`/api/account${statusReasonsPath}/query`, (request, reply) => {
    const grant = authenticate(request, context.state);
    requireVersion(request);
    const deltas: Asked<DeltaQuestion>[] = [];
    const histories: Asked<HistoryQuestion>[] = [];
    for (const parameter of parametersOf(jsonOf(request))) {
      const question = readQuestion(parameter);
      const account = authorize(grant, context, question.site, "reads");
      setRevision(reply, account, context.state.edition);
      if ("revision" in question) deltas.push([account, question]);
      else histories.push([account, question]);
    }
    if (deltas.length > 0 && histories.length > 0) throw new Problem(400, "One kind of query at a time.");
    return sendJson(reply, 200, deltas.length > 0 ? deltaAnswer(deltas) : historyAnswer(histories));
  });
}

function parametersOf(body: unknown): unknown[] {
  if (!isObject(body) || body["type"] !== 1) throw new Problem(400, "type must be 1.");
  const { parameters } = body;
  if (!Array.isArray(parameters) || parameters.length === 0) {
    throw new Problem(400, "parameters are required.");
  }
  return parameters;
}

function deltaAnswer(asked: readonly Asked<DeltaQuestion>[]): unknown {
  const accountList = asked.map(([{ id, reasons }, question]) => ({
    siteId: id,
    itemsCollection: {
      items: deltaOf(reasons, question),
      revision: reasons.revision,
      context: { contextType: "ACCOUNT", contextId: id },
    },
  }));
  return { appDataList: [{ appName: "status-reasons", appApiVersion: 1, accountList: { accountList } }] };
}

function historyAnswer(asked: readonly Asked<HistoryQuestion>[]): unknown {
  return asked.map(([{ id, reasons }, question]) => ({
    siteId: id,
    revisionsCollection: historyOf(reasons, question),
  }));
}
