import { rmSync } from "node:fs";

import { startEmulator } from "../../src/emulator/emulator.js";
import type { Emulator } from "../../src/emulator/emulator.js";
import { makeCertificate } from "../support/certificate.js";
import type { Certificate } from "../support/certificate.js";
import { expectSharedChange, expectSharedPause, reached, reasons, startCopy } from "../support/copies.js";
import type { Copy } from "../support/copies.js";
import { dataOf } from "../support/gateway.js";
import { killRedisServers, RedisServer } from "../support/redis.js";
import {
  makeFolder,
  moveSlot,
  startCluster,
  startSentinel,
  until,
  untilReplicaIsKnown,
  untilSubscribed,
} from "../support/redis-topologies.js";

describe("copies of the gateway", () => {
  let emulator: Emulator;
  let folder: string;
  const copies: Copy[] = [];
  const servers: RedisServer[] = [];
  beforeAll(async () => {
    emulator = await startEmulator();
    folder = makeFolder();
  });
  afterEach(async () => {
    await Promise.all(copies.splice(0).map((copy) => copy.stop()));
    await Promise.all(servers.splice(0).map((server) => server.stop()));
    emulator.reset();
  });
  afterAll(async () => {
    await emulator.stop();
    killRedisServers();
    rmSync(folder, { recursive: true });
  });

  /** Two copies, each with an environment of its own, that reach their Redis. */
  async function startTwo(...envs: readonly Readonly<Record<string, string>>[]): Promise<[Copy, Copy]> {
    const started = await Promise.all(envs.map((env) => startCopy(emulator, env)));
    copies.push(...started);
    for (const copy of started) await copy.untilFigure(reached, 1);
    return started as [Copy, Copy];
  }

  it("follow the Sentinels to another primary when theirs is killed", async () => {
    const login = ["--requirepass", "pass/word", "--masterauth", "pass/word", "--dir", folder];
    const primary = await RedisServer.start(...login);
    const replica = await RedisServer.start(...login, "--replicaof", "127.0.0.1", String(primary.port));
    const sentinel = await startSentinel(folder, primary, { primary: "pass/word", sentinel: "other" });
    servers.push(primary, replica, sentinel);
    await untilReplicaIsKnown(sentinel, "other");
    const env = {
      // Nobody listens on the first one.
      REDIS_URL: `redis+sentinel://:pass%2Fword@127.0.0.1:9,127.0.0.1:${sentinel.port}/mymaster`,
      REDIS_SENTINEL_PASSWORD: "other",
    };
    const [one, two] = await startTwo(env, env);
    await primary.stop();
    await one.untilFigure(reached, 0);
    expect((await fetch(`${one.origin}/readyz`)).status).toBe(200);
    for (const copy of [one, two]) await copy.untilFigure(reached, 1);
    await expectSharedPause(emulator, one, two);
    for (const copy of [one, two]) {
      expect(copy.stateLines().map(({ level }) => level)).toEqual([40, 30]);
    }
  });

  it("say so where no Sentinel can be reached, or none knows the primary", async () => {
    const primary = await RedisServer.start();
    const sentinel = await startSentinel(folder, primary, { primary: "none", sentinel: "other" });
    servers.push(primary, sentinel);
    const causeFor = async (env: Readonly<Record<string, string>>) => {
      const copy = await startCopy(emulator, env);
      copies.push(copy);
      await until(async () => (await copy.figure(reached)) === 0 && copy.stateLines().length > 0);
      return copy.stateLines()[0]?.["cause"];
    };
    const say = "none of the Sentinels says where the Redis is";
    const url = `redis+sentinel://127.0.0.1:${sentinel.port}`;
    const login = { REDIS_SENTINEL_PASSWORD: "other" };
    expect(await causeFor({ REDIS_URL: "redis+sentinel://127.0.0.1:9/mymaster" })).toBe(
      `${say}: ECONNREFUSED`,
    );
    expect(await causeFor({ REDIS_URL: `${url}/mymaster` })).toMatch(`${say}: NOAUTH`);
    expect(await causeFor({ REDIS_URL: `${url}/other`, ...login })).toBe(
      `${say}: the Sentinel knows no primary of this name`,
    );
  });

  it("reach each other by different nodes of a cluster, and follow a slot to another node", async () => {
    const nodes = await startCluster(folder, 3);
    servers.push(...nodes);
    const urlOf = (node: number) => ({ REDIS_URL: `redis+cluster://127.0.0.1:${nodes[node]?.port ?? 0}` });
    const [one, two] = await startTwo(urlOf(1), urlOf(2));
    await expectSharedChange(one, two, "By different nodes");
    const [from, to] = await moveSlot(nodes, "{status-reason-gateway:}");
    await untilSubscribed(to, "{status-reason-gateway:}events", 2);
    await untilSubscribed(from, "{status-reason-gateway:}events", 0);
    for (const copy of [one, two]) await copy.untilFigure(reached, 1);
    await expectSharedPause(emulator, one, two);
    await until(async () => (await to.client.dbsize()) === 1);
  });

  describe("by TLS", () => {
    let server: Certificate;
    beforeAll(() => {
      server = makeCertificate(folder, "server");
    });
    const startTls = async () => {
      const files = ["--tls-cert-file", server.certificateFile, "--tls-key-file", server.keyFile];
      const redis = await RedisServer.startBy((port) => [
        ...(["redis-server", "--port", "0", "--tls-port", String(port), "--bind", "127.0.0.1"] as const),
        ...["--save", "", "--tls-auth-clients", "no", ...files],
      ]);
      servers.push(redis);
      return { REDIS_URL: redis.url.replace("redis:", "rediss:") };
    };

    it("reach a Redis whose CA the settings name", async () => {
      const env = { ...(await startTls()), REDIS_CA_FILE: server.certificateFile };
      const [one, two] = await startTwo(env, env);
      await expectSharedPause(emulator, one, two);
    });

    it("refuse one that another CA vouches for, and say so", async () => {
      const other = makeCertificate(folder, "other");
      const copy = await startCopy(emulator, { ...(await startTls()), REDIS_CA: other.certificate });
      copies.push(copy);
      await until(async () => (await copy.figure(reached)) === 0 && copy.stateLines().length > 0);
      expect(copy.stateLines()).toMatchObject([{ level: 40, cause: "DEPTH_ZERO_SELF_SIGNED_CERT" }]);
      dataOf(await copy.query(reasons));
    });
  });
});
