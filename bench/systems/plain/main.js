/**
 * What the work itself costs without GraphQL: fetch, parse, join, write. It knows the three operations by their
 * names and reads no more than the variables.
 */
import { createServer } from "node:http";

import { getReason, listReasons, viewAgents } from "../../upstream/calls.js";
import { agentsWithReasons } from "../agents-with-reasons.js";
import { readBody } from "../read-body.js";
import { fetchJson } from "../upstream-client.js";
import { reasonFrom } from "../wire.js";

/** @import { IncomingMessage } from "node:http" */

/** @type {Readonly<Record<string, (variables: any, authorization: string | undefined) => Promise<unknown>>>} */
const operations = {
  Reasons: async ({ accountId }, authorization) => {
    const reasons = await fetchJson(listReasons(accountId), authorization);
    return { statusReasons: { nodes: reasons.map(reasonFrom) } };
  },
  Agents: async ({ accountId, ids }, authorization) => {
    const view = await fetchJson(viewAgents(accountId, ids), authorization);
    const reasons = await fetchJson(listReasons(accountId, true), authorization);
    return { agents: agentsWithReasons(accountId, ids, view, reasons) };
  },
  Reason: async ({ accountId, id }, authorization) => {
    const reason = await fetchJson(getReason(accountId, id), authorization);
    return { statusReason: reasonFrom(reason) };
  },
};

const server = createServer((request, response) => {
  answer(request).then(
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
server.listen(Number(process.env.PORT), "127.0.0.1");

/**
 * @param {IncomingMessage} request
 * @returns {Promise<string>}
 */
async function answer(request) {
  const { operationName, variables } = JSON.parse(await readBody(request));
  const data = await operations[operationName](variables, request.headers.authorization);
  return JSON.stringify({ data });
}
