/**
 * The supergraph of the tests behind a second router, Hive Gateway: `npm run test:hive`. It is no part of
 * `npm test`, since the router is large and is fetched from npm for the run.
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

import { emulatorTokens } from "../../src/emulator/seed.js";
import { post } from "../support/gateway.js";
import { startSupergraph, ticketQuery } from "../support/supergraph.js";
import type { AnsweredTicket } from "../support/supergraph.js";

const hive = "@graphql-hive/gateway@2.15.0";
const startLimitMs = 300_000;

/** Passes on who calls, and under which id. */
const config = `export const gatewayConfig = {
  propagateHeaders: {
    fromClientToSubgraphs: ({ request }) => ({
      authorization: request.headers.get("authorization") ?? undefined,
      "x-request-id": request.headers.get("x-request-id") ?? undefined,
    }),
  },
};
`;

const supergraph = await startSupergraph();
const folder = await mkdtemp(join(tmpdir(), "hive-"));
await writeFile(join(folder, "supergraph.graphql"), supergraph.sdl);
await writeFile(join(folder, "gateway.config.mjs"), config);
const port = await freePort();
const router = spawn(
  "npm",
  ["exec", "--yes", `--package=${hive}`, "--", "hive-gateway", "supergraph", "./supergraph.graphql"].concat([
    "--config-path",
    "./gateway.config.mjs",
    "--host",
    "127.0.0.1",
    "--port",
    String(port),
  ]),
  { cwd: folder, stdio: ["ignore", "inherit", "inherit"], detached: true },
);

try {
  const url = `http://127.0.0.1:${port}/graphql`;
  await untilServed(url);
  await checkAnswer(url);
  await checkErrors(url);
  process.stdout.write(`${hive}: 2 passed, 0 failed\n`);
} finally {
  if (router.pid !== undefined) process.kill(-router.pid);
  await supergraph.stop();
  await rm(folder, { recursive: true });
}

async function checkAnswer(url: string): Promise<void> {
  const { journal } = supergraph.gateway.emulator;
  journal.clear();
  const headers = { "x-request-id": "from-hive" };
  const answer = await post<{ tickets: AnsweredTicket[] }>(url, JSON.stringify({ query: ticketQuery }), {
    headers,
  });
  // Hive makes an entity that is null a null with an error, where Apollo's router is silent.
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

async function untilServed(url: string): Promise<void> {
  const giveUpAt = Date.now() + startLimitMs;
  for (;;) {
    const isServed = await fetch(new URL("/healthcheck", url)).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isServed) return;
    if (router.exitCode !== null || Date.now() > giveUpAt) throw new Error("the router did not start");
    await delay(500);
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port: free } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return free;
}
