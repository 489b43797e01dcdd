import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { openSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";

import { post } from "../support/gateway.js";

/** The command, which says when it serves by another way than the log. */
const serving = `await import("./bundle-test/main.js"); process.send("serving");`;

/** Logs and tells how many lines were dropped, again and again, until it is told to end. */
const logging = `
  import { createLogger } from "./dist-test/observability/logger/logger.js";
  import { droppedLogLines } from "./dist-test/observability/logger/standard-output.js";
  const logger = createLogger({ logLevel: "info" });
  process.on("message", (lines) => {
    if (lines === 0) process.exit(7);
    for (let line = 0; line < lines; line += 1) logger.info({ line, text: "x".repeat(200) }, "a line");
    process.send({ dropped: droppedLogLines(), heap: process.memoryUsage().rss });
  });
  process.send("ready");
`;

type Output = "pipe" | number;

// Each test starts a process.
jest.setTimeout(60_000);

const running = new Set<ChildProcess>();

function start(
  script: string,
  stdout: Output,
  stderr: Output,
  env: Record<string, string> = {},
): ChildProcess {
  const words = ["--input-type", "module", "--eval", script];
  const child = spawn(process.execPath, [...words, "-", "serve"], {
    stdio: ["ignore", stdout, stderr, "ipc"],
    env: { PATH: process.env["PATH"], ...env },
  });
  running.add(child);
  return child;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

const outputs: readonly [string, Output, (child: ChildProcess) => void][] = [
  ["a full disk", openSync("/dev/full", "w"), () => undefined],
  [
    "a pipe that is closed",
    "pipe",
    (child) => {
      child.stdout?.destroy();
      child.stderr?.destroy();
    },
  ],
  ["a pipe that nobody reads", "pipe", () => undefined],
];

describe.each(outputs)("with %s behind standard output and standard error", (_name, output, prepare) => {
  afterEach(() => {
    for (const child of running) child.kill("SIGKILL");
    running.clear();
  });

  it("answers, tells of it, and stops", async () => {
    const port = await freePort();
    const child = start(serving, output, output, { PORT: String(port), LOG_LEVEL: "trace" });
    prepare(child);
    await once(child, "message");
    const query = `{ statusReasons(accountId: "12345678") { totalCount } }`;
    for (let request = 0; request < 100; request += 1) {
      const { errors } = await post(`http://127.0.0.1:${port}/graphql`, JSON.stringify({ query }));
      expect(errors).toEqual([]);
    }
    const metrics = await fetch(`http://127.0.0.1:${port}/metrics`, { headers: { connection: "close" } });
    expect(await metrics.text()).toContain("status_reason_gateway_log_lines_dropped_total 0\n");
    child.kill("SIGTERM");
    child.disconnect();
    expect(await once(child, "exit")).toEqual([0, null]);
  });

  it("drops lines beyond a bound, counts them, and ends when it is told to", async () => {
    const child = start(logging, output, "pipe");
    prepare(child);
    await once(child, "message");
    const told: { dropped: number; heap: number }[] = [];
    for (let round = 0; round < 10; round += 1) {
      child.send(10_000);
      const [message] = (await once(child, "message")) as [{ dropped: number; heap: number }];
      told.push(message);
    }
    const [first, last] = [told[0], told.at(-1)];
    expect(first?.dropped).toBeGreaterThan(0);
    expect(last?.dropped).toBeGreaterThan(90_000);
    expect(last?.heap).toBeLessThan((first?.heap ?? 0) + 64 * 1024 * 1024);
    child.send(0);
    expect(await once(child, "exit")).toEqual([7, null]);
  });
});

it("says how many lines were dropped once they are taken again", async () => {
  const child = start(logging, "pipe", "pipe");
  await once(child, "message");
  child.send(20_000);
  const [{ dropped }] = (await once(child, "message")) as [{ dropped: number }];
  expect(dropped).toBeGreaterThan(0);
  let text = "";
  const isTold = new Promise<void>((resolve) => {
    child.stdout?.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes("were dropped")) resolve();
    });
  });
  await isTold;
  child.send(0);
  await once(child, "close");
  const lines = text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines.at(-1)).toMatchObject({ level: 40, droppedLines: dropped });
  expect(lines).toHaveLength(20_000 - dropped + 1);
});
