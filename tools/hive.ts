/**
 * Tests the supergraph with a second router, Hive Gateway: `npm run tool -- hive`. It is not part of `npm test`, since
 * the router is large and is downloaded from npm for each run.
 */
import assert from "node:assert/strict";

import { emulatorTokens } from "../src/emulator/seed/seed.js";
import { post } from "../test/support/gateway.js";
import { startSupergraph, ticketQuery } from "../test/support/supergraph.js";
import type { TicketResult } from "../test/support/supergraph.js";
import { hive, startHiveRouter } from "../test/federation/hive-router.js";

const supergraph = await startSupergraph();
try {
  const router = await startHiveRouter(supergraph.sdl, "inherit");
  try {
    await checkAnswer(router.url);
    await checkErrors(router.url);
    process.stdout.write(`${hive}: 2 passed, 0 failed\n`);
  } finally {
    await router.stop();
  }
} finally {
  await supergraph.stop();
}

async function checkAnswer(url: string): Promise<void> {
  const { journal } = supergraph.gateway.emulator;
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
