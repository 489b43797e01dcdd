import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

import type { Router } from "./router.js";

/** The npm package of Hive Gateway: too large to be a dependency, so it is fetched for the run. */
export const hive = "@graphql-hive/gateway@2.15.0";

const startLimitMs = 300_000;

/** How the router subscribes at the subgraph. */
export type HiveSubscriptions = "sse" | "websocket";

/** Hive subscribes over server-sent events unless told otherwise. */
const transports: Readonly<Record<HiveSubscriptions, string>> = {
  sse: "{}",
  websocket: `{
    "*.http": {
      options: {
        subscriptions: {
          kind: "ws",
          location: "/graphql",
          options: { connectionParams: { authorization: "{context.headers.authorization}" } },
        },
      },
    },
  }`,
};

/** Passes on who calls, and under which id. */
const configFor = (subscriptions: HiveSubscriptions): string => `export const gatewayConfig = {
  propagateHeaders: {
    fromClientToSubgraphs: ({ request }) => ({
      authorization: request.headers.get("authorization") ?? undefined,
      "x-request-id": request.headers.get("x-request-id") ?? undefined,
    }),
  },
  transportEntries: ${transports[subscriptions]},
};
`;

/** Starts Hive Gateway in a process of its own. @param output where that prints to */
export async function startHiveRouter(
  sdl: string,
  output: "inherit" | "ignore",
  subscriptions: HiveSubscriptions = "sse",
): Promise<Router> {
  const folder = await mkdtemp(join(tmpdir(), "hive-"));
  await writeFile(join(folder, "supergraph.graphql"), sdl);
  await writeFile(join(folder, "gateway.config.mjs"), configFor(subscriptions));
  const port = await freePort();
  const command = ["hive-gateway", "supergraph", "./supergraph.graphql"];
  const options = ["--config-path", "./gateway.config.mjs", "--host", "127.0.0.1", "--port", String(port)];
  const child = spawn("npm", ["exec", "--yes", `--package=${hive}`, "--", ...command, ...options], {
    cwd: folder,
    stdio: ["ignore", output, output],
    detached: true,
  });
  const url = `http://127.0.0.1:${port}/graphql`;
  const stop = async (): Promise<void> => {
    await end(child);
    await rm(folder, { recursive: true });
  };
  try {
    await untilServed(url, child);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}

/** Ends npm and the router that it started. */
async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null) return;
  const exited = once(child, "exit");
  process.kill(-child.pid);
  await exited;
}

async function untilServed(url: string, child: ChildProcess): Promise<void> {
  const giveUpAt = Date.now() + startLimitMs;
  for (;;) {
    const isServed = await fetch(new URL("/healthcheck", url)).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isServed) return;
    if (child.exitCode !== null || Date.now() > giveUpAt) throw new Error("the router did not start");
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
