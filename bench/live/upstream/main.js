/**
 * A fast stand-in for the upstream whose agents change when it is told: each change gives some agents another reason,
 * and the number of the change as their `activeConversations`, so that whoever sees them knows which change it is.
 * All accounts are alike.
 */
import { createServer } from "node:http";

import { accountIdOf, accountOf, agentsOf, reasonsOf } from "../../accounts.js";
import { bodiesByAccount } from "../../upstream/bodies.js";
import { nowMs } from "../../process/clock.js";
import { answerQuestions } from "../../process/worker.js";
import { agentsPerChange, rosterSize } from "../roster.js";

const account = accountOf(accountIdOf({ agents: rosterSize }));
const { reasons: reasonsBody } = bodiesByAccount()(accountIdOf({ agents: rosterSize }));
const reasons = reasonsOf(account);
const records = agentsOf(account).map(({ id, state, reason }) => ({
  agentId: id,
  agentGroupId: -1,
  agentCurrentStatus: state,
  agentCurrentStatusReasonId: reason.id,
  agentCurrentStatusStartTime: Date.now(),
  activeConversations: 0,
}));
let agentsBody = bodyOfAgents();
let changes = 0;
let calls = 0;

const server = createServer((request, response) => {
  calls += 1;
  const isAuthorized = request.headers.authorization !== undefined;
  // What a poll sees is decided when it has arrived.
  const body = request.url?.includes("/agent_view?") === true ? agentsBody : reasonsBody;
  request.resume().once("end", () => {
    response.writeHead(isAuthorized ? 200 : 401, {
      "content-type": "application/json",
      "content-length": body.length,
      "ac-revision": "17890",
    });
    response.end(body);
  });
});
server.keepAliveTimeout = 600_000;
const listening = new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));

answerQuestions({
  origin: async () => {
    await listening;
    const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
    return `http://127.0.0.1:${port}`;
  },
  calls: () => calls,
  change: () => {
    changes += 1;
    for (let index = 0; index < agentsPerChange; index += 1) {
      const record = records[(changes * agentsPerChange + index) % records.length];
      record.activeConversations = changes;
      record.agentCurrentStatusStartTime = Date.now();
      record.agentCurrentStatusReasonId = reasons[(changes + index) % reasons.length].id;
    }
    agentsBody = bodyOfAgents();
    return nowMs();
  },
});

function bodyOfAgents() {
  return Buffer.from(JSON.stringify({ metadata: { count: records.length }, agentViewRecords: records }));
}
