/**
 * Measures the CPU and memory of the gateway for docs/operating.md: `npm run build && npm run tool -- sizing`. It runs
 * the built gateway as it is deployed. The emulator and the load run in this process and do not count.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

import { Agent, request } from "undici";

import { startEmulator } from "../../src/emulator/emulator.js";
import { emulatorAccountId, emulatorTokens } from "../../src/emulator/seed/seed.js";
import { imageEnvironment, readEnvFile } from "../../test/deploy/deployed-config.js";
import { cpuSeconds, openFiles, residentMiB } from "./process-figures.js";

interface Load {
  readonly name: string;
  readonly query: (index: number) => string;
  readonly requests: number;
  /** The number of concurrent requests. With one, no upstream call is shared. */
  readonly callers: number;
}

/** The heap and the requests in flight of the deployment. */
const deployed = readEnvFile("deploy/kubernetes/gateway.env");
const limit = Number(deployed["MAX_REQUESTS_IN_FLIGHT"]);
const account = `accountId: "${emulatorAccountId}"`;

const emulator = await startEmulator();
const agentIds = (emulator.state.accounts.get(emulatorAccountId)?.agents.addMany(500) ?? []).map(
  ({ id }) => id,
);

/** Agents and their reasons; which ones, and in what order, differs from one request to the next. */
const agentsQuery = (count: number) => (index: number) => {
  const from = index % agentIds.length;
  const ids = [...agentIds.slice(from), ...agentIds.slice(0, from)].slice(0, count);
  return `{ agents(${account}, ids: ${JSON.stringify(ids)}) { id name status { state since reason { text } } } }`;
};

const loads: readonly Load[] = [
  {
    name: "an account's reasons",
    query: () =>
      `{ statusReasons(${account}, filter: { state: AWAY }) { totalCount revision nodes { id text } } }`,
    requests: 2000,
    callers: 1,
  },
  { name: "3 agents and their reasons", query: agentsQuery(3), requests: 2000, callers: 1 },
  { name: "500 agents and their reasons", query: agentsQuery(500), requests: 200, callers: 1 },
  {
    name: `500 agents and their reasons, ${limit} callers`,
    query: agentsQuery(500),
    requests: limit * 2,
    callers: limit,
  },
];

const agent = new Agent({ connections: 2000 });
const gateway = spawn(process.execPath, ["bundle/main.js"], {
  env: {
    ...imageEnvironment,
    ...deployed,
    HOST: "127.0.0.1",
    PORT: "0",
    UPSTREAM: emulator.origin,
    UPSTREAM_TIMEOUT_MS: "120000",
    SHUTDOWN_DELAY_MS: "0",
  },
  stdio: ["ignore", "pipe", "inherit"],
});
const pid = gateway.pid ?? 0;
const origin = await new Promise<string>((resolve) => {
  createInterface(gateway.stdout).on("line", (line) => {
    const { url } = JSON.parse(line) as { url?: string };
    if (url !== undefined) resolve(new URL(url).origin);
  });
});

try {
  print(`start: ${cpuSeconds(pid).toFixed(2)} s of CPU, ${memory()}, ${openFiles(pid)} files`);
  for (const load of loads) await measureLoad(load);
  for (const count of [limit / 2, limit]) await measureWaiting(count);
} finally {
  gateway.kill("SIGTERM");
  await once(gateway, "exit");
  await agent.close();
  await emulator.stop();
}

/** CPU time of a request, after a warm-up. */
async function measureLoad({ name, query, requests, callers }: Load): Promise<void> {
  await send(query, requests / 2, callers);
  emulator.journal.clear();
  const before = cpuSeconds(pid);
  await send(query, requests, callers);
  const perRequest = (cpuSeconds(pid) - before) / requests;
  emulator.journal.clear();
  print(
    `${name}: ${(perRequest * 1000).toFixed(2)} ms of CPU a request, ${Math.round(1 / perRequest)} a second of CPU, ${memory()}`,
  );
}

/** Memory and open files while requests for different agents wait for a slow upstream. */
async function measureWaiting(count: number): Promise<void> {
  emulator.faults.add({ latencyMs: 100_000 });
  const query = (index: number): string => `{ agents(${account}, ids: ["${index + 1}"]) { id name } }`;
  const answers = Array.from({ length: count }, (_, index) => ask(query(index)));
  while ((await figure("status_reason_gateway_requests_in_flight")) < count);
  const heap = (await figure("nodejs_heap_size_used_bytes")) / 1024 ** 2;
  print(`${count} requests that wait: ${memory()}, heap ${Math.round(heap)} MiB, ${openFiles(pid)} files`);
  emulator.faults.clear();
  await Promise.all(answers);
  emulator.journal.clear();
}

async function send(query: Load["query"], count: number, callers: number): Promise<void> {
  let next = 0;
  const caller = async (): Promise<void> => {
    while (next < count) await ask(query(next++));
  };
  await Promise.all(Array.from({ length: callers }, caller));
}

async function ask(query: string): Promise<void> {
  const { statusCode, body } = await request(`${origin}/graphql`, {
    dispatcher: agent,
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${emulatorTokens.admin}` },
    body: JSON.stringify({ query }),
  });
  const text = await body.text();
  if (statusCode !== 200 || text.includes('"errors"')) throw new Error(`${statusCode}: ${text}`);
}

/** The value of one of the gateway's metrics. */
async function figure(name: string): Promise<number> {
  const { body } = await request(`${origin}/metrics`, { dispatcher: agent });
  return Number(new RegExp(`^${name} (.+)$`, "m").exec(await body.text())?.[1]);
}

function memory(): string {
  const { now, peak } = residentMiB(pid);
  return `${Math.round(now)} MiB resident (${Math.round(peak)} at most)`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
