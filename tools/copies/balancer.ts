import { once } from "node:events";
import { Agent, createServer, request as httpRequest } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** How often each copy is asked whether it is ready, in milliseconds. */
const checkMs = 50;

/** A copy as the balancer sees it. */
interface Target {
  readonly origin: string;
  isReady: boolean;
}

/**
 * A load balancer: requests go to the ready copies in turn. It asks `/readyz` of each, and sends a request to another copy
 * only where the first one refused the connection, as then nothing was sent.
 */
export class Balancer {
  readonly #agent = new Agent({ keepAlive: true });
  readonly #server: Server;
  readonly #targets = new Set<Target>();
  readonly #check: NodeJS.Timeout;
  #turn = 0;

  private constructor() {
    this.#server = createServer((request, response) => void this.#serve(request, response));
    this.#check = setInterval(() => {
      for (const target of this.#targets) void this.#checkReady(target);
    }, checkMs);
  }

  static async start(origins: readonly string[]): Promise<Balancer> {
    const balancer = new Balancer();
    for (const origin of origins) balancer.add(origin);
    balancer.#server.listen(0, "127.0.0.1");
    await once(balancer.#server, "listening");
    return balancer;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/graphql`;
  }

  /** @param origin of a copy that serves */
  add(origin: string): void {
    this.#targets.add({ origin, isReady: true });
  }

  /** Forgets a copy, and asks it no more. */
  remove(origin: string): void {
    for (const target of this.#targets) if (target.origin === origin) this.#targets.delete(target);
  }

  async stop(): Promise<void> {
    clearInterval(this.#check);
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
    this.#agent.destroy();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request).catch(() => undefined);
    if (body === undefined) return;
    for (const target of this.#inTurn()) {
      const { status, text } = await this.#pass(target, request, body);
      if (status === "refused") {
        target.isReady = false;
        continue;
      }
      response.writeHead(status, { "content-type": "application/json" }).end(text);
      return;
    }
    response.writeHead(503).end();
  }

  /** The ready copies, beginning with the next one. */
  #inTurn(): Target[] {
    const ready = [...this.#targets].filter(({ isReady }) => isReady);
    const first = ready.length === 0 ? 0 : this.#turn++ % ready.length;
    return [...ready.slice(first), ...ready.slice(0, first)];
  }

  #pass(
    { origin }: Target,
    { method, url, headers }: IncomingMessage,
    body: Buffer,
  ): Promise<{ status: number | "refused"; text: Buffer | string }> {
    return new Promise((resolve) => {
      const outgoing = httpRequest(new URL(url ?? "/", origin), { agent: this.#agent, method, headers });
      const fail = (error: NodeJS.ErrnoException): void => {
        resolve({ status: error.code === "ECONNREFUSED" ? "refused" : 502, text: "" });
      };
      outgoing.on("error", fail).on("response", (incoming) => {
        buffer(incoming).then((text) => {
          resolve({ status: incoming.statusCode ?? 502, text });
        }, fail);
      });
      outgoing.end(body);
    });
  }

  async #checkReady(target: Target): Promise<void> {
    const response = await fetch(`${target.origin}/readyz`).catch(() => undefined);
    await response?.text();
    target.isReady = response?.ok === true;
  }
}
