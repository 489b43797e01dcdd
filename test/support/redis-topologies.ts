import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";

import { Redis } from "ioredis";

import { freePort, RedisServer } from "./redis.js";

/** @returns an empty folder */
export function makeFolder(): string {
  return mkdtempSync(join(tmpdir(), "redis-"));
}

/** Starts a Sentinel that watches a primary, and alone decides on another when that has been silent for 0.2 s. */
export async function startSentinel(
  folder: string,
  primary: RedisServer,
  passwords: { readonly primary: string; readonly sentinel: string },
): Promise<RedisServer> {
  const lines = [
    `sentinel monitor mymaster 127.0.0.1 ${primary.port} 1`,
    `sentinel auth-pass mymaster ${passwords.primary}`,
    "sentinel down-after-milliseconds mymaster 200",
    `requirepass ${passwords.sentinel}`,
  ];
  return RedisServer.startBy((port) => {
    const file = join(folder, `sentinel-${port}.conf`);
    writeFileSync(file, [`port ${port}`, "bind 127.0.0.1", ...lines, ""].join("\n"));
    return ["redis-server", file, "--sentinel"];
  });
}

/** Waits until a Sentinel knows a replica that could become the primary. */
export async function untilReplicaIsKnown(sentinel: RedisServer, password: string): Promise<void> {
  const client = new Redis({ port: sentinel.port, password });
  await until(async () =>
    String(await client.call("SENTINEL", "REPLICAS", "mymaster")).includes("status,ok"),
  );
  client.disconnect();
}

/** Starts a cluster of primaries. */
export async function startCluster(folder: string, size: number): Promise<readonly RedisServer[]> {
  const nodes = await Promise.all(
    Array.from({ length: size }, async (_, index) => {
      const busPort = await freePort();
      const words = ["--cluster-enabled", "yes", "--cluster-port", String(busPort), "--dir", folder];
      return RedisServer.start(...words, "--cluster-config-file", `node-${index}.conf`);
    }),
  );
  const addresses = nodes.map(({ port }) => `127.0.0.1:${port}`);
  const words = ["--cluster", "create", ...addresses, "--cluster-yes"];
  const creation = spawn("redis-cli", words, { stdio: "ignore" });
  const [status] = (await once(creation, "exit")) as [number | null];
  if (status !== 0) throw new Error("redis-cli has created no cluster");
  return nodes;
}

/**
 * Moves the slot of a key, which no node has keys in, to another node.
 *
 * @returns the node that had it, and the one that has it now
 */
export async function moveSlot(
  nodes: readonly RedisServer[],
  key: string,
): Promise<readonly [from: RedisServer, to: RedisServer]> {
  const ids = await Promise.all(nodes.map(({ client }) => client.cluster("MYID")));
  const from = await ownerOf(nodes, key);
  const to = (from + 1) % nodes.length;
  const slot = await nodes[0]?.client.cluster("KEYSLOT", key);
  // The new owner first, or nobody would have it for a moment.
  for (const index of [to, from, 3 - to - from]) {
    await nodes[index]?.client.cluster("SETSLOT", slot ?? 0, "NODE", String(ids[to]));
  }
  return [nodes[from], nodes[to]] as [RedisServer, RedisServer];
}

/** Waits until a server has so many subscribers of a channel. */
export async function untilSubscribed(server: RedisServer, channel: string, count: number): Promise<void> {
  await until(async () => (await server.client.pubsub("NUMSUB", channel))[1] === count);
}

/** @throws Error after 20 s */
export async function until(isTrue: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!(await isTrue())) {
    await setImmediate();
    if (performance.now() > deadline) throw new Error("20 s have passed");
  }
}

/** @returns the index of the node that has the slot of a key */
async function ownerOf(nodes: readonly RedisServer[], key: string): Promise<number> {
  const have = await Promise.all(
    nodes.map(({ client }) =>
      client.pttl(key).then(
        () => true,
        () => false,
      ),
    ),
  );
  return have.indexOf(true);
}
