import type { IncomingMessage, RequestListener, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

import type { HttpMetrics } from "../observability/index.js";
import { takeOut } from "../lib/index.js";
import { answerOverload } from "./client-errors.js";

/** What is known of an open connection. */
class Connection {
  /** Requests that have no whole response yet. */
  pending = 0;
  /** Whether a request was answered since {@link Connections} last looked for one to close. */
  wasUsed = false;
  #latest: IncomingMessage | undefined;
  readonly #pipelined: ServerResponse[] = [];

  began(request: IncomingMessage, response: ServerResponse): void {
    this.pending += 1;
    this.#latest = request;
    response.on("close", this.#ended);
    // Node gives a pipelined response its socket when the ones before it are written.
    if (response.socket !== null) return;
    this.#pipelined.push(response);
    response.on("close", () => {
      takeOut(this.#pipelined, response);
    });
  }

  /** Whether nobody would miss an answer: there is no request, or its only one has not arrived whole. */
  get isIdle(): boolean {
    return this.pending === 0 || this.isReceiving;
  }

  /** Whether its only request has not arrived whole. */
  get isReceiving(): boolean {
    return this.pending === 1 && this.#latest?.complete === false;
  }

  /** The socket closed. Node tells only the response that has it: those that wait behind it would wait forever. */
  closed(): void {
    for (const response of [...this.#pipelined]) {
      if (response.socket !== null) continue;
      response.destroy();
      response.emit("close");
    }
  }

  readonly #ended = (): void => {
    this.pending -= 1;
    this.wasUsed = true;
    if (this.pending === 0) this.#latest = undefined;
  };
}

/**
 * The open connections of clients, and their bound. Past it a new connection takes the place of one that nobody waits
 * on, those first that were used least lately: whoever opens connections and leaves them keeps nobody out.
 */
export class Connections {
  /** The next to be looked at first. */
  readonly #open = new Map<Socket, Connection>();

  /** @param limit how many there may be at one time */
  constructor(
    private readonly limit: number,
    private readonly metrics: HttpMetrics,
  ) {}

  /** Follows the connections of `server`, whose requests {@link listener} sees. */
  follow(server: Server): void {
    server.on("connection", (socket: Socket) => {
      const connection = new Connection();
      this.#open.set(socket, connection);
      this.metrics.connectionOpened();
      socket.once("close", () => {
        this.#open.delete(socket);
        this.metrics.connectionClosed();
        connection.closed();
      });
      if (this.#open.size > this.limit) this.#makeRoom(socket);
    });
  }

  listener(onward: RequestListener): RequestListener {
    return (request, response) => {
      const connection = this.#open.get(request.socket);
      // What a connection still sends after it was turned away.
      if (connection === undefined) {
        request.socket.destroy();
        return;
      }
      connection.began(request, response);
      onward(request, response);
    };
  }

  /** How many requests of a connection have no whole response yet. */
  pendingOn(socket: Socket): number {
    return this.#open.get(socket)?.pending ?? 0;
  }

  /** Closes a connection whose request has not arrived whole, with an answer that says to try again. */
  turnAway(socket: Socket): void {
    this.metrics.connectionDropped();
    if (this.#open.get(socket)?.isReceiving === true) answerOverload(socket);
    else socket.destroy();
    this.#open.delete(socket);
  }

  /**
   * Closes the connections on which nothing was ever sent. Browsers open some ahead of need; Node takes them for busy,
   * so that without this each would keep the gateway from stopping until its time is up.
   */
  closeSilent(): void {
    for (const socket of this.#open.keys()) if (socket.bytesRead === 0) socket.destroy();
  }

  /**
   * Closes a connection that nobody waits on, or `newest` where there is none. A second-chance search: what was used
   * since the last one is passed over once, so a step is paid for by a request or a connection before.
   */
  #makeRoom(newest: Socket): void {
    let steps = 2 * this.#open.size;
    for (const [socket, connection] of this.#open) {
      steps -= 1;
      if (steps < 0) break;
      if (socket !== newest && connection.isIdle && !connection.wasUsed) {
        this.turnAway(socket);
        return;
      }
      connection.wasUsed = false;
      this.#open.delete(socket);
      this.#open.set(socket, connection);
    }
    this.turnAway(newest);
  }
}
