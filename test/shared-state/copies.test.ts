import { createHash } from "node:crypto";

import { readConfig } from "../../src/config/config.js";
import { startEmulator } from "../../src/emulator/emulator.js";
import type { Emulator } from "../../src/emulator/emulator.js";
import { emulatorAccountId as accountId, emulatorTokens } from "../../src/emulator/seed/seed.js";
import { startGateway } from "../../src/gateway.js";
import { dataOf, errorOf, figureOf, post, untilFigure } from "../support/gateway.js";
import type { WireError } from "../support/gateway.js";
import { captureLog } from "../support/log-capture.js";
import type { CapturedLog } from "../support/log-capture.js";
import { sealedName, sealText } from "../../src/shared-state/sealed-text.js";
import { sharedDigest } from "../../src/shared-state/shared-events.js";
import { killRedisServers, RedisServer } from "../support/redis.js";
import { nextOf, sseClient } from "../support/subscribers.js";
import type { Events } from "../support/subscribers.js";
import { TcpProxy } from "../support/tcp-proxy.js";

const reached = "status_reason_gateway_shared_state_reached";
const dropped = (reason: string) => `status_reason_gateway_shared_state_dropped_total{reason="${reason}"}`;
const heard = (event: string) =>
  `status_reason_gateway_shared_state_events_total{event="${event}",direction="received"}`;

/** A copy of the gateway, as its configuration makes it. */
interface Copy {
  readonly url: string;
  readonly origin: string;
  readonly log: CapturedLog;
  query(query: string): ReturnType<typeof post<Record<string, unknown>>>;
  stop(): Promise<void>;
}

describe("copies of the gateway", () => {
  let redis: RedisServer;
  let emulator: Emulator;
  const copies: Copy[] = [];
  beforeAll(async () => {
    redis = await RedisServer.start();
    emulator = await startEmulator();
  });
  afterEach(async () => {
    await Promise.all(copies.splice(0).map((copy) => copy.stop()));
    emulator.reset();
    if (redis.isRunning) await redis.client.flushall();
  });
  afterAll(async () => {
    await emulator.stop();
    await redis.stop();
    killRedisServers();
  });

  async function startCopy(env: Readonly<Record<string, string>> = {}): Promise<Copy> {
    const log = captureLog();
    const config = readConfig({
      ...{ PORT: "0", UPSTREAM: emulator.origin, LOG_LEVEL: "info", LIVE_INTERVAL_MS: "3600000" },
      ...{ REDIS_URL: redis.url, ...env },
    });
    const gateway = await startGateway(config, log.logger);
    const { url } = gateway;
    const copy: Copy = {
      url,
      origin: new URL(url).origin,
      log,
      query: (query) => post(url, JSON.stringify({ query })),
      stop: () => gateway.stop(),
    };
    copies.push(copy);
    return copy;
  }

  /** Copies that hear each other. */
  async function startCopies(count: number, env: Readonly<Record<string, string>> = {}): Promise<Copy[]> {
    const started = await Promise.all(Array.from({ length: count }, () => startCopy(env)));
    for (const { origin } of started) await untilFigure(origin, reached, 1);
    return started;
  }

  const reasons = `{ statusReasons(accountId: "${accountId}") { totalCount } }`;
  const create = (text: string) =>
    `mutation { createStatusReason(accountId: "${accountId}", input: { text: "${text}" }) { revision } }`;
  const calls = () => emulator.journal.requests.length;
  const limit = (seconds: number) => {
    emulator.faults.add({ status: 429, times: 1, headers: { "retry-after": String(seconds) } });
  };
  const stateLines = ({ log }: Copy) => log.lines().filter(({ msg }) => String(msg).includes("shared state"));
  const untilLost = async (copy: Copy) => {
    while (stateLines(copy).length === 0) await figureOf(copy.origin, reached);
  };
  const retryAfterOf = ({ extensions }: WireError) => {
    expect(extensions).toMatchObject({ code: "RATE_LIMITED", retryable: true });
    return Number(extensions["retryAfter"]);
  };

  it("hold back after a 429 that another has met, without a call of their own", async () => {
    const [one, two] = (await startCopies(2)) as [Copy, Copy];
    // Only a caller whose token has worked pauses the account for all.
    dataOf(await one.query(reasons));
    limit(60);
    retryAfterOf(errorOf(await one.query(reasons)));
    await untilFigure(two.origin, heard("pause"), 1);
    const before = calls();
    expect(retryAfterOf(errorOf(await two.query(reasons)))).toBeGreaterThan(50);
    expect(calls()).toBe(before);
  });

  it("hold back after a 429 that was met before they started", async () => {
    const [one] = (await startCopies(1)) as [Copy];
    dataOf(await one.query(reasons));
    limit(60);
    retryAfterOf(errorOf(await one.query(reasons)));
    while ((await redis.client.dbsize()) === 0);
    const [later] = (await startCopies(1)) as [Copy];
    const before = calls();
    expect(retryAfterOf(errorOf(await later.query(reasons)))).toBeGreaterThan(50);
    expect(calls()).toBe(before);
  });

  it("send what others have written to their own subscribers", async () => {
    const [one, two] = (await startCopies(2)) as [Copy, Copy];
    const query = `subscription { statusReasonsChanged(accountId: "${accountId}") { changed { text } } }`;
    const client = sseClient(two.url);
    const events = client.iterate({ query }) as Events;
    await nextOf(events);
    const next = nextOf(events);
    dataOf(await one.query(create("Shared")));
    expect((await next).data).toEqual({ statusReasonsChanged: { changed: [{ text: "Shared" }] } });
    client.dispose();
  });

  describe("know the persisted queries of each other", () => {
    const sha256Hash = createHash("sha256").update(reasons).digest("hex");
    const persisted = (copy: Copy, query?: string) =>
      post<Record<string, unknown>>(
        copy.url,
        JSON.stringify({ query, extensions: { persistedQuery: { version: 1, sha256Hash } } }),
      );
    const key = `status-reason-gateway:query:${sealedName(sha256Hash)}`;

    it("after one of them was sent the text", async () => {
      const [one, two] = (await startCopies(2)) as [Copy, Copy];
      expect(errorOf(await persisted(two)).extensions).toMatchObject({ code: "PERSISTED_QUERY_NOT_FOUND" });
      dataOf(await persisted(one, reasons));
      while ((await redis.client.exists(key)) === 0);
      dataOf(await persisted(two));
      expect(await figureOf(two.origin, heard("query"))).toBe(1);
      // Now it is this copy's own.
      await redis.client.flushall();
      dataOf(await persisted(two));
      expect(await figureOf(two.origin, heard("query"))).toBe(1);
    });

    it("and believe no text that is not the hash's", async () => {
      const [one] = (await startCopies(1)) as [Copy];
      const other = "{ statusReasons(accountId: 1) { totalCount } }";
      for (const forged of ["garbage", "", sealText(sha256Hash, other), sealText("0".repeat(64), reasons)]) {
        await redis.client.set(key, forged);
        expect(errorOf(await persisted(one)).extensions).toMatchObject({ code: "PERSISTED_QUERY_NOT_FOUND" });
      }
      expect(await figureOf(one.origin, dropped("invalid"))).toBe(4);
    });

    it("and wait for a Redis that hangs for a tenth of a second only", async () => {
      const own = await RedisServer.start();
      const [one] = (await startCopies(1, { REDIS_URL: own.url })) as [Copy];
      own.pause();
      expect(errorOf(await persisted(one)).extensions).toMatchObject({ code: "PERSISTED_QUERY_NOT_FOUND" });
      own.resume();
      await Promise.all(copies.splice(0).map((copy) => copy.stop()));
      await own.stop();
    });

    it("of which a stranger can make them share few", async () => {
      const [one] = (await startCopies(1)) as [Copy];
      for (let index = 0; index < 100; index += 1) {
        const query = `{ a${index}: __typename }`;
        const hash = createHash("sha256").update(query).digest("hex");
        const extensions = { persistedQuery: { version: 1, sha256Hash: hash } };
        await post(one.url, JSON.stringify({ query, extensions }));
      }
      expect(await figureOf(one.origin, dropped("busy"))).toBeGreaterThan(0);
    });
  });

  it("divide the calls that an account may have", async () => {
    const limited = { ACCOUNT_MAX_CALLS_PER_SECOND: "1", UPSTREAM_TIMEOUT_MS: "2500" };
    const three = await startCopies(3, limited);
    // Each has heard of both others.
    for (const { origin } of three) await untilFigure(origin, heard("calls"), (count) => count >= 4);
    jest.spyOn(performance, "now").mockReturnValue(performance.now());
    for (const copy of three) {
      dataOf(await copy.query(reasons));
      const before = calls();
      // One copy alone would wait for a second, as long as its deadline allows.
      expect(retryAfterOf(errorOf(await copy.query(reasons)))).toBe(3);
      expect(calls()).toBe(before);
    }
  });

  it("count the operations of a caller together", async () => {
    const limit = 20;
    const [one, two] = (await startCopies(2, { CALLER_MAX_OPERATIONS_PER_MINUTE: String(limit) })) as [
      Copy,
      Copy,
    ];
    for (let index = 0; index < limit; index += 1) dataOf(await one.query(reasons));
    expect((await one.query(reasons)).status).toBe(429);
    let served = 0;
    while ((await two.query(reasons)).status === 200) served += 1;
    expect(served).toBeLessThan(limit);
  });

  it("store nothing that names an account or a token, and nothing without an expiry", async () => {
    const [one] = (await startCopies(1, {
      ACCOUNT_MAX_CALLS_PER_SECOND: "1000",
      CALLER_MAX_OPERATIONS_PER_MINUTE: "20",
    })) as [Copy];
    const watching = redis.client.duplicate();
    const messages: string[] = [];
    await watching.psubscribe("*");
    watching.on("pmessage", (_pattern: string, channel: string, message: string) =>
      messages.push(channel + message),
    );
    dataOf(await one.query(reasons));
    limit(60);
    await one.query(reasons);
    await one.query(create("Secret text"));
    while (!messages.some((message) => message.includes("pause"))) await redis.client.ping();
    while (!messages.some((message) => message.includes('"calls":[['))) await redis.client.ping();
    while ((await redis.client.dbsize()) < 2);
    const keys = (await redis.client.keys("*")).sort();
    expect(keys).toEqual([
      expect.stringMatching(/^status-reason-gateway:operations:[\w-]{22}:\d+$/),
      expect.stringMatching(/^status-reason-gateway:pause:[\w-]{22}$/),
    ]);
    for (const key of keys) expect(await redis.client.pttl(key)).toBeGreaterThan(0);
    const all = JSON.stringify([messages, keys, await redis.client.mget(keys)]);
    for (const secret of [accountId, emulatorTokens.admin, "Secret text"]) expect(all).not.toContain(secret);
    watching.disconnect();
  });

  it("do not hear those with another prefix", async () => {
    const [one] = (await startCopies(1)) as [Copy];
    const [two] = (await startCopies(1, { REDIS_PREFIX: "other:" })) as [Copy];
    dataOf(await one.query(reasons));
    limit(60);
    await one.query(reasons);
    while ((await redis.client.dbsize()) === 0);
    dataOf(await two.query(reasons));
  });

  it("keep the longest of several pauses, and none longer than their own longest", async () => {
    const [one] = (await startCopies(1)) as [Copy];
    const account = sharedDigest("status-reason-gateway:", accountId);
    const tell = (forMs: number) =>
      redis.client.publish(
        "status-reason-gateway:events",
        JSON.stringify({ kind: "pause", account, forMs, from: "other" }),
      );
    await tell(1e15);
    await tell(10);
    await untilFigure(one.origin, heard("pause"), 2);
    const retryAfter = retryAfterOf(errorOf(await one.query(reasons)));
    expect(retryAfter).toBeGreaterThan(250);
    expect(retryAfter).toBeLessThanOrEqual(300);
  });

  it("ignore what is no message of theirs, and count it", async () => {
    const [one] = (await startCopies(1)) as [Copy];
    const garbage = [
      ...["", "{", "null", "[]", "7", '{"kind":"pause"}', "\u0000\ufffd", "x".repeat(10_000)],
      '{"kind":"pause","account":"short","forMs":1,"from":"x"}',
      '{"kind":"pause","account":"aaaaaaaaaaaaaaaaaaaaaa","forMs":-1,"from":"x"}',
      '{"kind":"pause","account":"aaaaaaaaaaaaaaaaaaaaaa","forMs":"1","from":"x"}',
      '{"kind":"calls","calls":[["aaaaaaaaaaaaaaaaaaaaaa",1e999]],"from":"x"}',
      '{"kind":"calls","calls":[["aaaaaaaaaaaaaaaaaaaaaa"]],"from":"x"}',
      '{"kind":"calls","calls":{},"from":"x"}',
      `{"kind":"calls","calls":[],"from":"${"x".repeat(65)}"}`,
      '{"kind":"other","account":"aaaaaaaaaaaaaaaaaaaaaa","forMs":1,"from":"x"}',
    ];
    for (const message of garbage) await redis.client.publish("status-reason-gateway:events", message);
    await untilFigure(one.origin, dropped("invalid"), garbage.length);
    dataOf(await one.query(reasons));
  });

  it("go on alone where there is no Redis, say so once, and are ready", async () => {
    const alone = await startCopy({ REDIS_URL: "redis://127.0.0.1:9" });
    await untilLost(alone);
    dataOf(await alone.query(create("Alone")));
    dataOf(await alone.query(create("Still alone")));
    expect((await fetch(`${alone.origin}/readyz`)).status).toBe(200);
    expect(await figureOf(alone.origin, reached)).toBe(0);
    expect(await figureOf(alone.origin, dropped("unreachable"))).toBe(2);
    expect(stateLines(alone)).toMatchObject([{ level: 40, cause: "ECONNREFUSED" }]);
  });

  it("go on alone while the Redis is away, and come back by themselves", async () => {
    const own = await RedisServer.start();
    const [one, two] = (await startCopies(2, { REDIS_URL: own.url })) as [Copy, Copy];
    await own.stop();
    await untilFigure(one.origin, reached, 0);
    dataOf(await one.query(create("While it is away")));
    expect((await fetch(`${one.origin}/readyz`)).status).toBe(200);
    expect(await own.start()).toBe(true);
    for (const { origin } of [one, two]) await untilFigure(origin, reached, 1);
    expect(stateLines(one).map(({ level }) => level)).toEqual([40, 30]);
    dataOf(await one.query(create("It is back")));
    await untilFigure(two.origin, heard("change"), 1);
    await Promise.all(copies.splice(0).map((copy) => copy.stop()));
    await own.stop();
  });

  it("replace a connection that was cut", async () => {
    const proxy = new TcpProxy(() => redis.port);
    await proxy.start();
    const url = proxy.origin.replace("http", "redis");
    const [one] = (await startCopies(1, { REDIS_URL: url })) as [Copy];
    await proxy.stop();
    await untilFigure(one.origin, reached, 0);
    await proxy.start();
    await untilFigure(one.origin, reached, 1);
    await Promise.all(copies.splice(0).map((copy) => copy.stop()));
    await proxy.stop();
  });

  it("replace a connection that hangs", async () => {
    const own = await RedisServer.start();
    const [one] = (await startCopies(1, { REDIS_URL: own.url })) as [Copy];
    own.pause();
    await untilFigure(one.origin, reached, 0);
    const before = Date.now();
    dataOf(await one.query(create("While it hangs")));
    expect(Date.now() - before).toBeLessThan(5000);
    own.resume();
    await untilFigure(one.origin, reached, 1);
    await Promise.all(copies.splice(0).map((copy) => copy.stop()));
    await own.stop();
  });

  it("tell each other of pauses although the Redis is full", async () => {
    const own = await RedisServer.start("--maxmemory", "1", "--maxmemory-policy", "noeviction");
    const [one, two] = (await startCopies(2, { REDIS_URL: own.url })) as [Copy, Copy];
    dataOf(await one.query(reasons));
    limit(60);
    await one.query(reasons);
    await untilFigure(two.origin, heard("pause"), 1);
    await untilFigure(one.origin, dropped("failed"), 1);
    expect(await figureOf(one.origin, reached)).toBe(1);
    await Promise.all(copies.splice(0).map((copy) => copy.stop()));
    await own.stop();
  });

  it("log in with a password, and say which setting is wrong without showing it", async () => {
    const own = await RedisServer.start("--requirepass", "pass/word@1");
    const [one] = (await startCopies(1, { REDIS_URL: own.url, REDIS_PASSWORD: "pass/word@1" })) as [Copy];
    expect(JSON.stringify(one.log.lines())).not.toContain("pass/word");
    const wrong = await startCopy({ REDIS_URL: own.url, REDIS_PASSWORD: "wrong" });
    await untilLost(wrong);
    expect(String(stateLines(wrong)[0]?.["cause"])).toMatch(/WRONGPASS|NOAUTH/);
    await Promise.all(copies.splice(0).map((copy) => copy.stop()));
    await own.stop();
  });
});
