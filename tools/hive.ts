/**
 * Tests the supergraph with a second router, Hive Gateway: `npm run tool -- hive`. It is not part of `npm test`, since
 * the router is large and is downloaded from npm for each run.
 */
import assert from "node:assert/strict";

import {
  emulatorAccountId,
  emulatorAgentIds,
  emulatorReasonIds,
  emulatorTokens,
} from "../src/emulator/index.js";
import { hive, startHiveRouter } from "../test/federation/hive-router.js";
import type { HiveSubscriptions } from "../test/federation/hive-router.js";
import { teamOf } from "../test/support/neighbours.js";
import { post } from "../test/support/gateway.js";
import { nextOf, sseClient } from "../test/support/subscribers.js";
import type { Events } from "../test/support/subscribers.js";
import { startSupergraph, ticketQuery } from "../test/support/supergraph.js";
import type { TicketResult } from "../test/support/supergraph.js";

/** One agent, with what the gateway knows and, by `team`, what another subgraph adds to each event. */
const subscription = `subscription ($accountId: ID!, $ids: [ID!]) {
  agentsChanged(accountId: $accountId, ids: $ids) {
    changed { id team status { state reason { text } } }
  }
}`;
const id = emulatorAgentIds.online;

const supergraph = await startSupergraph({ LIVE_INTERVAL_MS: "1000" });
const { emulator, origin: gatewayOrigin } = supergraph.gateway;
try {
  await withRouter("sse", async (url) => {
    await checkAnswer(url);
    await checkErrors(url);
    await checkSubscription(url, "sse");
  });
  await withRouter("websocket", (url) => checkSubscription(url, "websocket"));
  process.stdout.write(`${hive}: 4 passed, 0 failed\n`);
} finally {
  await supergraph.stop();
}

async function withRouter(
  subscriptions: HiveSubscriptions,
  check: (url: string) => Promise<void>,
): Promise<void> {
  const router = await startHiveRouter(supergraph.sdl, "inherit", subscriptions);
  try {
    await check(router.url);
  } finally {
    await router.stop();
  }
}

async function checkAnswer(url: string): Promise<void> {
  const { journal } = emulator;
  journal.clear();
  const headers = { "x-request-id": "from-hive" };
  const answer = await post<{ tickets: TicketResult[] }>(url, JSON.stringify({ query: ticketQuery }), {
    headers,
  });
  // For an entity that is null, Hive also reports an error. Apollo's router does not.
  const absent = answer.data?.tickets
    .filter(({ pausedFor }) => pausedFor === null)
    .map(({ id }) => Number(id));
  assert.equal(absent?.length, 20);
  assert.deepEqual([...new Set(answer.errors.map(({ path }) => path?.[1]))], absent);
  assert.equal(answer.data?.tickets.length, 100);
  assert.equal(answer.data.tickets[0]?.pausedFor?.text, "Lunch");
  assert.equal(answer.data.tickets[0].assignee.status?.reason?.text, "Lunch");
  const calls = journal.requests.map(({ method, path }) => `${method} ${path.split("/").at(-1) ?? ""}`);
  process.stdout.write(`upstream calls: ${calls.join(", ")}\n`);
  assert.ok(calls.length <= 3, "as few upstream calls as batching promises");
  for (const { headers: sent } of journal.requests) {
    assert.equal(sent.authorization, `Bearer ${emulatorTokens.admin}`);
    assert.equal(sent["x-request-id"], "from-hive");
  }
}

async function checkErrors(url: string): Promise<void> {
  const query = "{ tickets { pausedFor { text } } }";
  const { errors } = await post(url, JSON.stringify({ query }), { token: emulatorTokens.otherAccount });
  assert.deepEqual([...new Set(errors.map(({ extensions }) => extensions["code"]))], ["FORBIDDEN"]);
}

/** @param transport how the router is to subscribe at the gateway */
async function checkSubscription(url: string, transport: HiveSubscriptions): Promise<void> {
  const agents = emulator.state.account(emulatorAccountId).agents;
  agents.setStatus(id, "ONLINE");
  const client = sseClient(url);
  const variables = { accountId: emulatorAccountId, ids: [id] };
  const events = client.iterate({ query: subscription, variables }) as Events;
  const team = teamOf(id);
  assert.deepEqual(await changedIn(events), [{ id, team, status: { state: "ONLINE", reason: null } }]);
  agents.setStatus(id, "AWAY", emulatorReasonIds.training);
  const away = { state: "AWAY", reason: { text: "Training" } };
  assert.deepEqual(await changedIn(events), [{ id, team, status: away }]);
  assert.match(
    await metrics(),
    new RegExp(`^status_reason_gateway_streams_open\\{transport="${transport}"\\} 1$`, "m"),
  );
  await events.return?.();
  client.dispose();
  while (!/^status_reason_gateway_live_subscriptions 0$/m.test(await metrics()))
    await new Promise(setImmediate);

  const stranger = sseClient(url, { authorization: `Bearer ${emulatorTokens.otherAccount}` });
  const { errors = [] } = await nextOf(stranger.iterate({ query: subscription, variables }) as Events);
  assert.deepEqual([...new Set(errors.map(({ extensions }) => extensions?.["code"]))], ["FORBIDDEN"]);
  stranger.dispose();
  process.stdout.write(
    `subscribed over ${transport}: the whole state, a change, the end, and a refused token\n`,
  );
}

async function changedIn(events: Events): Promise<unknown> {
  const { data, errors } = await nextOf(events);
  assert.equal(errors, undefined);
  return (data?.["agentsChanged"] as { readonly changed: unknown }).changed;
}

async function metrics(): Promise<string> {
  return (await fetch(`${gatewayOrigin}/metrics`)).text();
}
