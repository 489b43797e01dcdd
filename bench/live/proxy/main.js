/**
 * What serves polling clients without sharing anything: each request makes the two calls, agents and reasons, joins
 * them and writes the result. It knows only the roster's query.
 */
import { createServer } from "node:http";

import { readBody } from "../../systems/read-body.js";
import { fetchJson } from "../../systems/upstream-client.js";
import { listReasons, viewAgents } from "../../upstream/calls.js";

/** @import { IncomingMessage } from "node:http" */

const server = createServer((request, response) => {
  roster(request).then(
    (body) => {
      response.writeHead(200, {
        "content-type": "application/json",
        "content-length": Buffer.byteLength(body),
      });
      response.end(body);
    },
    () => response.writeHead(502).end(),
  );
});
server.keepAliveTimeout = 600_000;
server.listen(Number(process.env.PORT), "127.0.0.1");

/**
 * @param {IncomingMessage} request
 * @returns {Promise<string>}
 */
async function roster(request) {
  if (request.method === "GET") return "{}";
  const { authorization } = request.headers;
  const { accountId } = JSON.parse(await readBody(request)).variables;
  const [view, reasons] = await Promise.all([
    fetchJson(viewAgents(accountId, []), authorization),
    fetchJson(listReasons(accountId, true), authorization),
  ]);
  const texts = new Map(reasons.map((/** @type {any} */ { id, text }) => [String(id), text]));
  const nodes = view.agentViewRecords.map((/** @type {any} */ record) => ({
    __typename: "Agent",
    id: record.agentId,
    status: {
      __typename: "AgentStatus",
      state: record.agentCurrentStatus,
      since: new Date(record.agentCurrentStatusStartTime),
      activeConversations: record.activeConversations,
      reason: { __typename: "StatusReason", text: texts.get(record.agentCurrentStatusReasonId) },
    },
  }));
  return JSON.stringify({
    data: { liveAgents: { __typename: "AgentPage", totalCount: view.metadata.count, nodes } },
  });
}
