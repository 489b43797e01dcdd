/**
 * The limit: passes what it is asked on to the upstream, and the bytes back. For agents it makes the two calls that
 * any gateway must make, one after the other, and writes their answers behind each other.
 */
import { createServer } from "node:http";

import { listReasons } from "../../upstream/calls.js";
import { readBody } from "../read-body.js";
import { callUpstream } from "../upstream-client.js";

/** @import { IncomingMessage } from "node:http" */

const agentPath = /^\/manager_workspace\/api\/account\/(\w+)\//;
const [before, between, after] = ['{"agents":', ',"reasons":', "}"].map((text) => Buffer.from(text));

const server = createServer((request, response) => {
  answer(request).then(
    (body) => {
      response.writeHead(200, { "content-type": "application/json", "content-length": body.length });
      response.end(body);
    },
    () => response.writeHead(502).end(),
  );
});
server.listen(Number(process.env.PORT), "127.0.0.1");

/**
 * @param {IncomingMessage} request
 * @returns {Promise<Buffer>}
 */
async function answer(request) {
  const { url: path = "", headers } = request;
  const [, accountId] = agentPath.exec(path) ?? [];
  if (accountId === undefined) return callUpstream({ method: "GET", path }, headers.authorization);
  const body = await readBody(request);
  const agents = await callUpstream({ method: "POST", path, body }, headers.authorization);
  const reasons = await callUpstream(listReasons(accountId, true), headers.authorization);
  return Buffer.concat([before, agents, between, reasons, after]);
}
