/**
 * A fast stand-in for the upstream, in a process of its own: it reads no more than the URL and answers with bytes
 * that were written before. What it knows of the accounts their ids say.
 *
 * `GET /bench/calls` tells how many calls it has had, `PUT /bench/latency/5` makes it wait 5 ms before each answer.
 */
import { createServer } from "node:http";

import { bodiesByAccount } from "./bodies.js";

/** @import { IncomingMessage, ServerResponse } from "node:http" */

const revision = "17890";
const reasonPath = /^\/api\/account\/(\w+)\/configuration\/le-agents\/status-reasons(?:\/(\d+))?\?/;
const agentPath = /^\/manager_workspace\/api\/account\/(\w+)\/agent_view\?(?:.*&)?limit=(\d+)/;
const latencyPath = /^\/bench\/latency\/(\d+)$/;

const bodies = bodiesByAccount();
let calls = 0;
let latencyMs = 0;

const server = createServer((request, response) => {
  if (request.url?.startsWith("/bench/")) return void control(request, response);
  calls += 1;
  const answer = () => send(response, ...answerTo(request));
  if (latencyMs > 0) setTimeout(answer, latencyMs);
  else if (request.method === "GET") answer();
  else request.once("end", answer);
  request.resume();
});
server.keepAliveTimeout = 600_000;
server.listen(Number(process.env.PORT), "127.0.0.1");

/**
 * @param {IncomingMessage} request
 * @returns {[status: number, body: Buffer]}
 */
function answerTo({ url = "", headers }) {
  if (!headers.authorization) return [401, Buffer.from("{}")];
  const [, reasonsAccountId, id] = reasonPath.exec(url) ?? [];
  if (reasonsAccountId !== undefined) {
    const { reasons, reasonById } = bodies(reasonsAccountId);
    return found(id === undefined ? reasons : reasonById.get(id));
  }
  const [, agentsAccountId, limit] = agentPath.exec(url) ?? [];
  return found(agentsAccountId === undefined ? undefined : bodies(agentsAccountId).agents(Number(limit)));
}

/**
 * @param {Buffer | undefined} body
 * @returns {[status: number, body: Buffer]}
 */
function found(body) {
  return body === undefined ? [404, Buffer.from("{}")] : [200, body];
}

/**
 * @param {IncomingMessage} request
 * @param {ServerResponse} response
 */
function control({ url = "" }, response) {
  const [, latency] = latencyPath.exec(url) ?? [];
  if (latency !== undefined) latencyMs = Number(latency);
  send(response, 200, Buffer.from(JSON.stringify({ calls, latencyMs })));
}

/**
 * @param {ServerResponse} response
 * @param {number} status
 * @param {Buffer} body
 */
function send(response, status, body) {
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": body.length,
    "ac-revision": revision,
  });
  response.end(body);
}
