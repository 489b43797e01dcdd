import { once } from "node:events";
import { connect, createServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";

import { RespScanner } from "../../src/shared-state/resp-scanner.js";

/** What happens to one direction of a connection once so many bytes have passed. */
export interface Fault {
  readonly afterBytes: number;
  readonly from: "server" | "client";
  readonly does: FaultKind;
}

export type FaultKind =
  /** Ends the connection. */
  | { readonly kind: "cut" }
  /** Passes nothing on for a while, in milliseconds, or for good. */
  | { readonly kind: "delay"; readonly forMs: number }
  /** Changes one bit of the next byte. */
  | { readonly kind: "flip"; readonly bit: number }
  | { readonly kind: "insert"; readonly bytes: Buffer };

/** A line to a Redis with faults: each connection takes the next plan, and those after the last plan have none. */
export class FaultyRedis {
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;
  #isHealed = false;

  /** @param lagMs how much later all arrives that the server sends, in milliseconds */
  private constructor(
    private readonly port: number,
    private readonly plans: (readonly Fault[])[],
    private readonly lagMs: number,
  ) {
    this.#server = createServer((socket) => {
      this.#join(socket);
    });
  }

  static async start(port: number, plans: readonly (readonly Fault[])[], lagMs = 0): Promise<FaultyRedis> {
    const proxy = new FaultyRedis(port, [...plans], lagMs);
    proxy.#server.listen(0, "127.0.0.1");
    await once(proxy.#server, "listening");
    return proxy;
  }

  get url(): string {
    return `redis://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get hasPlans(): boolean {
    return this.plans.length > 0;
  }

  /** From now on all passes, except on connections that pass nothing on for good. */
  heal(): void {
    this.#isHealed = true;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, "close");
  }

  #join(client: Socket): void {
    const server = connect(this.port, "127.0.0.1");
    const faults = this.#isHealed ? [] : (this.plans.shift() ?? []);
    for (const [from, to, name] of [
      [server, client, "server"],
      [client, server, "client"],
    ] as const) {
      this.#sockets.add(from);
      from.on("error", () => undefined);
      from.on("close", () => {
        this.#sockets.delete(from);
        to.destroy();
      });
      const due = faults.filter((fault) => fault.from === name);
      this.#pass(
        from,
        to,
        due.sort((one, other) => one.afterBytes - other.afterBytes),
      );
    }
  }

  #pass(from: Socket, to: Socket, due: Fault[]): void {
    let passed = 0;
    const forward = (chunk: Buffer): void => {
      const [fault] = due;
      const untilFault = fault === undefined || this.#isHealed ? Infinity : fault.afterBytes - passed;
      if (untilFault >= chunk.length) {
        passed += chunk.length;
        to.write(chunk);
        return;
      }
      due.shift();
      const start = Math.max(untilFault, 0);
      passed += start;
      to.write(chunk.subarray(0, start));
      const rest = Buffer.from(chunk.subarray(start));
      if (fault !== undefined) this.#commit(fault.does, from, to, rest, forward);
    };
    if (this.lagMs === 0) from.on("data", forward);
    else from.on("data", (chunk: Buffer) => setTimeout(forward, this.lagMs, chunk));
  }

  #commit(does: FaultKind, from: Socket, to: Socket, rest: Buffer, forward: (rest: Buffer) => void): void {
    if (does.kind === "cut") {
      from.destroy();
      return;
    }
    if (does.kind === "delay") {
      from.pause();
      if (!Number.isFinite(does.forMs)) return;
      setTimeout(() => {
        forward(rest);
        from.resume();
      }, does.forMs);
      return;
    }
    if (does.kind === "insert") to.write(does.bytes);
    else rest[0] = (rest[0] ?? 0) ^ (1 << does.bit);
    forward(rest);
  }
}

/** What a Redis without keys replies; to other commands 0. */
const replies: Readonly<Record<string, string>> = {
  HELLO: "%1\r\n+proto\r\n:3\r\n",
  SUBSCRIBE: ">3\r\n+subscribe\r\n+{channel}\r\n:1\r\n",
  SCAN: "*2\r\n+0\r\n*0\r\n",
};

/**
 * Starts what passes for a Redis at first, and then replies to each command what belongs to the one before.
 *
 * @param info what it says of itself
 */
export async function startFalseRedis(
  info: string,
): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const bulk = `$${info.length}\r\n${info}\r\n`;
  const server = createServer((socket) => {
    sockets.add(socket);
    let previous = ":0\r\n";
    const scanner = new RespScanner(({ words: [name = "", word = ""] }) => {
      const reply = name.toUpperCase() === "INFO" ? bulk : replies[name.toUpperCase()];
      socket.write(reply?.replace("{channel}", word) ?? previous);
      if (reply === undefined) previous = name.toUpperCase() === "PING" ? `+${word}\r\n` : ":0\r\n";
    });
    socket.on("data", (chunk: Buffer) => {
      scanner.write(chunk);
    });
    socket.on("error", () => undefined);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
