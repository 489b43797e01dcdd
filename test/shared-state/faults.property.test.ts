import { setImmediate } from "node:timers/promises";

import fc from "fast-check";

import { readConfig } from "../../src/config/config.js";
import { connectSharedState } from "../../src/shared-state/index.js";
import type { SharedState } from "../../src/shared-state/index.js";
import { createMetrics } from "../../src/observability/metrics/metrics.js";
import { captureLog } from "../support/log-capture.js";
import type { CapturedLog } from "../support/log-capture.js";
import { FaultyRedis, startFalseRedis } from "../support/faulty-redis.js";
import type { Fault, FaultKind } from "../support/faulty-redis.js";
import { killRedisServers, RedisServer } from "../support/redis.js";
import { until } from "../support/redis-topologies.js";

/** Another seed is other faults; what fails under this one fails each time. */
const seed = 21;

/** What a client that believes lengths, or expects replies to be of a kind, does not survive. */
const hostile = [
  ...["$999999999\r\n", "$-2\r\n", "*33554432\r\n", "*4294967296\r\n", "%16777216\r\n", "*1\r\n".repeat(50)],
  ...["_\r\n", "$-1\r\n", "*-1\r\n", "*0\r\n", "+\r\n", ":1\r\n", "#t\r\n", ",nan\r\n", "%1\r\n+a\r\n+b\r\n"],
  ...[">0\r\n", ">3\r\n_\r\n_\r\n_\r\n", ">2\r\n+message\r\n+x\r\n", ">3\r\n+subscribe\r\n+x\r\n:1\r\n"],
  ...[">3\r\n+unsubscribe\r\n_\r\n:0\r\n", ">4\r\n+pmessage\r\n+x\r\n+x\r\n_\r\n", "=1\r\nx\r\n", "|1\r\n"],
  ...["-ERR x\r\n", "-READONLY x\r\n", "-MOVED 1 127.0.0.1:9\r\n", "-LOADING x\r\n", "!5\r\nERR x\r\n"],
  ...["\r\n", "\n", "HTTP/1.1 400 Bad Request\r\n\r\n", "\0".repeat(100), "+".repeat(700)],
].map((text) => Buffer.from(text));

const faultKind: fc.Arbitrary<FaultKind> = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ kind: "cut" } as const) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("delay" as const), forMs: fc.constantFrom(1, 30, Infinity) }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("flip" as const), bit: fc.nat({ max: 7 }) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("insert" as const),
      bytes: fc.oneof(
        fc.constantFrom(...hostile),
        fc.uint8Array({ minLength: 1, maxLength: 20 }).map((bytes) => Buffer.from(bytes)),
      ),
    }),
  },
);

/** The replies to a handshake are about 6,000 bytes. */
const fault: fc.Arbitrary<Fault> = fc.record({
  afterBytes: fc.oneof(fc.nat({ max: 300 }), fc.nat({ max: 7000 }), fc.constant(0)),
  from: fc.constantFrom("server", "server", "client"),
  does: faultKind,
});

/** The faults of some connections of a copy, one after the other. */
const plans = fc.array(fc.array(fault, { minLength: 1, maxLength: 3 }), { minLength: 4, maxLength: 6 });

interface Copy {
  readonly state: SharedState;
  readonly log: CapturedLog;
  readonly heard: Set<string>;
  readonly figure: (name: string) => Promise<number>;
}

const accounts = ["10000001", "10000002"];

const closers: (() => unknown)[] = [];

async function startCopy(url: string): Promise<Copy> {
  const [log, metrics, heard] = [captureLog(), createMetrics(), new Set<string>()];
  const config = readConfig({ REDIS_URL: url });
  const state = await connectSharedState({ config, logger: log.logger, metrics, maxPauseMs: 60_000 });
  closers.push(() => {
    state.close();
  });
  state.onChange((isAbout) => {
    for (const account of accounts) if (isAbout(account)) heard.add(account);
  });
  const figure = async (name: string): Promise<number> => {
    const line = (await metrics.text()).split("\n").find((text) => text.startsWith(`${name} `));
    return Number(line?.split(" ").at(-1));
  };
  return { state, log, heard, figure };
}

describe("the shared state", () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await RedisServer.start();
  });
  afterEach(async () => {
    await Promise.all(closers.splice(0).map((close) => close()));
  });
  afterAll(async () => {
    await redis.stop();
    killRedisServers();
  });

  const isReached = async (copy: Copy) =>
    (await copy.figure("status_reason_gateway_shared_state_reached")) === 1;

  it("survives a line to the Redis that delays, cuts and corrupts, and comes back by itself", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(plans, { minLength: 30, maxLength: 30 }), async (copiesPlans) => {
        const watcher = await startCopy(redis.url);
        const proxies = await Promise.all(copiesPlans.map((each) => FaultyRedis.start(redis.port, each)));
        closers.push(...proxies.map((proxy) => () => proxy.stop()));
        const copies = await Promise.all(proxies.map(({ url }) => startCopy(url)));
        const deadline = performance.now() + 1500;
        while (proxies.some(({ hasPlans }) => hasPlans) && performance.now() < deadline) {
          for (const { state } of copies) {
            state.announceChange("1");
            state.shareQueryText("0".repeat(64), "{ __typename }");
          }
          await setImmediate();
          const texts = await Promise.all(copies.map(({ state }) => state.queryText("0".repeat(64))));
          for (const text of texts) expect(["{ __typename }", undefined]).toContain(text);
        }
        for (const proxy of proxies) proxy.heal();
        await until(async () => (await Promise.all([watcher, ...copies].map(isReached))).every(Boolean));
        await until(() => {
          watcher.state.announceChange(accounts[0] ?? "");
          return redis.client.ping().then(() => copies.every(({ heard }) => heard.has(accounts[0] ?? "")));
        });
        for (const { state, log, figure } of copies) {
          expect(state.hasPauses).toBe(false);
          // Lost and back; and where it was lost again soon, no word of its being back for a while.
          const lines = log.lines().map(({ level }) => level);
          expect([[], [40, 30], [40, 30, 40]]).toContainEqual(lines);
          const losses = await figure("status_reason_gateway_shared_state_losses_total");
          expect(losses).toBeGreaterThanOrEqual(lines.filter((level) => level === 40).length);
        }
      }),
      { seed, numRuns: 1, endOnFailure: true },
    );
  });

  it("says once what a Redis cannot do, and once that it can again", async () => {
    const full = await RedisServer.start("--maxmemory", "1", "--maxmemory-policy", "noeviction");
    const replica = await RedisServer.start("--replicaof", "127.0.0.1", "9");
    const slow = await FaultyRedis.start(redis.port, [], 150);
    const loading = await startFalseRedis("loading:1");
    const servers = [full, replica, slow, loading];
    closers.push(...servers.map((server) => () => server.stop()));
    const copies = await Promise.all(servers.map(({ url }) => startCopy(url)));
    const levels = () => copies.map(({ log }) => log.lines().map(({ level }) => level));
    await until(() => Promise.resolve(levels().every(([level]) => level === 40)));
    expect(copies.map(({ log }) => log.lines()[0]?.["cause"])).toEqual([
      expect.stringMatching(/^OOM /),
      "the server is a replica",
      "no response within 100 ms",
      "the server is not ready",
    ]);
    const figuresOf = (name: string) => Promise.all(copies.map(({ figure }) => figure(name)));
    expect(await figuresOf("status_reason_gateway_shared_state_reached")).toEqual([1, 0, 1, 0]);
    expect(await figuresOf("status_reason_gateway_shared_state_impaired")).toEqual([1, 0, 1, 0]);
    expect(await copies[2]?.state.queryText("0".repeat(64))).toBeUndefined();
    expect(await copies[2]?.figure('status_reason_gateway_shared_state_dropped_total{reason="late"}')).toBe(
      1,
    );
    await full.client.config("SET", "maxmemory", "0");
    await replica.client.call("REPLICAOF", "NO", "ONE");
    await until(() => Promise.resolve(levels().filter(([, level]) => level === 30).length === 2));
    expect(levels()).toEqual([[40, 30], [40, 30], [40], [40]]);
  });

  it("says once that a Redis comes and goes", async () => {
    await redis.client.call("ACL", "SETUSER", "limited", "on", ">word", "~*", "&*", "+@all", "-pttl");
    const { log, figure } = await startCopy(redis.url.replace("//", "//limited:word@"));
    await until(async () => (await figure("status_reason_gateway_shared_state_losses_total")) >= 3);
    expect(log.lines().map(({ level }) => level)).toEqual([40, 30, 40]);
    expect(log.lines()[0]?.["cause"]).toMatch(/^NOPERM /);
  });

  it("replaces a connection that answers each command with the reply to another", async () => {
    const server = await startFalseRedis("");
    closers.push(() => server.stop());
    const { log, figure } = await startCopy(server.url);
    await until(() => Promise.resolve(log.lines().length > 0));
    expect(log.lines()).toMatchObject([{ cause: "the replies are not in the order of the commands" }]);
    expect(await figure("status_reason_gateway_shared_state_reached")).toBe(0);
  });
});
