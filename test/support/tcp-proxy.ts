import { once } from "node:events";
import { connect, createServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

/** A line to a server that can be cut and mended: what a restart of the server looks like from outside. */
export class TcpProxy {
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #port = 0;

  /** @param target the port that connections are passed on to, asked for with each one */
  constructor(private readonly target: () => number) {}

  get origin(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get isListening(): boolean {
    return this.#server !== undefined;
  }

  /** Listens, after the first time on the same port again, as soon as that is free. */
  async start(): Promise<void> {
    const server = createServer((socket) => {
      this.#join(socket, connect(this.target(), "127.0.0.1"));
    });
    for (;;) {
      server.listen(this.#port, "127.0.0.1");
      // An outgoing connection of somebody else may have the port for a moment.
      if (await once(server, "listening").then(() => true, isPortTaken)) break;
      await delay(10);
    }
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  /** Refuses connections from now on, and cuts those there are. */
  async stop(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    this.#server = undefined;
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of this.#sockets) {
      // A socket that is just being shut down cannot be reset: Node would keep its handle for good.
      if (socket.writableEnded) socket.destroy();
      else socket.resetAndDestroy();
    }
    await closed;
  }

  /** What ends on one side ends on the other. */
  #join(near: Socket, far: Socket): void {
    this.#sockets.add(near);
    near.on("close", () => {
      this.#sockets.delete(near);
      far.destroy();
    });
    far.on("close", () => near.destroy());
    for (const socket of [near, far]) socket.on("error", () => undefined);
    near.pipe(far).pipe(near);
  }
}

/** @throws the error where it is another one */
function isPortTaken(error: unknown): false {
  if ((error as NodeJS.ErrnoException).code === "EADDRINUSE") return false;
  throw error;
}
