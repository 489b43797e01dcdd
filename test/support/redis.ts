import { spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";

import { Redis } from "ioredis";

const running = new Set<ChildProcess>();

/** A redis-server of the system on a port of the loopback address, without a file on the disk. */
export class RedisServer {
  #process: ChildProcess | undefined;
  #client: Redis | undefined;

  private constructor(
    readonly port: number,
    private readonly command: readonly [string, ...string[]],
  ) {}

  /** @param settings further words of its command line */
  static async start(...settings: string[]): Promise<RedisServer> {
    const fixed = ["--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
    return RedisServer.startBy((port) => ["redis-server", "--port", String(port), ...fixed, ...settings]);
  }

  /** @param commandFor what starts one that listens on a port */
  static async startBy(commandFor: (port: number) => readonly [string, ...string[]]): Promise<RedisServer> {
    if (spawnSync("redis-server", ["--version"]).error !== undefined) {
      throw new Error(
        "These tests need redis-server: install it, on Debian with apt-get install redis-server",
      );
    }
    // Somebody else may take the port before the server does.
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      const port = await freePort();
      const server = new RedisServer(port, commandFor(port));
      if (await server.start()) return server;
    }
    throw new Error("redis-server does not start");
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** A client for the test itself. */
  get client(): Redis {
    return (this.#client ??= new Redis(this.url));
  }

  get isRunning(): boolean {
    return this.#process !== undefined;
  }

  /** It keeps its connections, and does nothing, until {@link resume}. */
  pause(): void {
    this.#process?.kill("SIGSTOP");
  }

  resume(): void {
    this.#process?.kill("SIGCONT");
  }

  /**
   * Starts it on the same port, after {@link stop}; empty.
   *
   * @returns whether it has started
   */
  async start(): Promise<boolean> {
    const [program, ...words] = this.command;
    const child = spawn(program, words);
    running.add(child);
    this.#process = child;
    let output = "";
    for await (const chunk of child.stdout) {
      output += String(chunk);
      if (/Ready to accept connections|Sentinel ID is/.test(output)) return true;
    }
    return false;
  }

  /** Kills it. */
  async stop(): Promise<void> {
    this.#client?.disconnect();
    this.#client = undefined;
    const child = this.#process;
    this.#process = undefined;
    if (child === undefined) return;
    running.delete(child);
    if (child.exitCode !== null) return;
    const exited = once(child, "exit");
    child.kill("SIGKILL");
    await exited;
  }
}

/** Kills servers that a failed test left running. */
export function killRedisServers(): void {
  for (const child of running) child.kill("SIGKILL");
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
