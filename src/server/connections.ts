import type { IncomingMessage, RequestListener, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

import type { HttpMetrics } from "../observability/index.js";
import { swapRemove } from "../lib/index.js";
import { answerOverload, endOverloaded } from "./client-errors.js";

/** How many connections there may be, and what one of them may take. */
export interface ConnectionLimits {
  readonly maxConnections: number;
  /** GraphQL requests of one connection at one time. */
  readonly maxPipelined: number;
  /** GraphQL requests of all connections at one time: so many requests may wait behind others, whatever for. */
  readonly maxInFlight: number;
}

/** How many requests of a connection past its limit are told so one by one, before the connection ends. */
const refusedAtMost = 64;

/** What is known of an open connection. */
class Connection {
  /** Requests that have no whole response yet. */
  pending = 0;
  /** Whether a request was answered since {@link Connections} last looked for one to close. */
  wasUsed = false;
  /** Requests that came after the one whose response ends the connection; undefined where none does. */
  ignored: number | undefined;
  #latest: IncomingMessage | undefined;
  readonly #pipelined: ServerResponse[] = [];

  /** Operations over a WebSocket that it has become. */
  operations = 0;

  began(request: IncomingMessage, response: ServerResponse): void {
    this.pending += 1;
    this.#latest = request;
    response.on("close", this.#ended);
    // Node gives a pipelined response its socket when the ones before it are written.
    if (response.socket !== null) return;
    this.#pipelined.push(response);
    response.on("close", () => {
      swapRemove(this.#pipelined, response);
    });
  }

  /** Whether nobody would miss an answer: there is no request, or its only one has not arrived whole. */
  get isIdle(): boolean {
    return this.operations === 0 && (this.pending === 0 || this.isReceiving);
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
  readonly #mostPending: number;
  /** Responses that wait, on all connections, for those before them. */
  #waiting = 0;

  constructor(
    private readonly limits: ConnectionLimits,
    private readonly metrics: HttpMetrics,
  ) {
    this.#mostPending = limits.maxPipelined + refusedAtMost;
  }

  /** Follows the connections of `server`, whose requests {@link listener} sees. */
  follow(server: Server): void {
    server.on("connection", (socket: Socket) => {
      // It was handed back after an upgrade that was declined.
      if (this.#open.has(socket)) return;
      const connection = new Connection();
      this.#open.set(socket, connection);
      this.metrics.connectionOpened();
      socket.once("close", () => {
        this.#open.delete(socket);
        this.metrics.connectionClosed();
        connection.closed();
      });
      if (this.#open.size > this.limits.maxConnections) this.#makeRoom(socket);
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
      if (connection.ignored !== undefined) {
        connection.ignored += 1;
        // Node keeps each of them until the connection closes.
        if (connection.ignored > refusedAtMost) request.socket.destroy();
        return;
      }
      connection.began(request, response);
      if (response.socket === null && !this.#hasRoomBehindOthers(response, connection))
        this.#endWith(response, connection);
      else onward(request, response);
    };
  }

  #hasRoomBehindOthers(response: ServerResponse, { pending }: Connection): boolean {
    this.#waiting += 1;
    response.on("close", this.#waited);
    return pending <= this.#mostPending && this.#waiting <= this.limits.maxInFlight;
  }

  readonly #waited = (): void => {
    this.#waiting -= 1;
  };

  /**
   * Ends a connection after the responses that are begun. Whatever a request is for, its response is kept until the
   * client has read those before it: one that never reads would pile up as many as it likes.
   */
  #endWith(response: ServerResponse, connection: Connection): void {
    connection.ignored = 0;
    this.metrics.connectionDropped();
    endOverloaded(response);
  }

  /** How many requests of a connection have no whole response yet. */
  pendingOn(socket: Socket): number {
    return this.#open.get(socket)?.pending ?? 0;
  }

  /** Counts an operation in, or out with -1, on a connection that has become a WebSocket. */
  countOperation(socket: Socket, by: 1 | -1): void {
    const connection = this.#open.get(socket);
    if (connection === undefined) return;
    connection.operations += by;
    connection.wasUsed = true;
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
