import type { IncomingMessage, RequestListener, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

import type { HttpMetrics } from "../observability/index.js";
import { swapRemove } from "../lib/index.js";
import { sendOverload, sendOverloadTo } from "./client-errors.js";

/** Limits on connections and on the requests of each. */
export interface ConnectionLimits {
  readonly maxConnections: number;
  /** GraphQL requests of one connection at one time. */
  readonly maxPipelined: number;
  /** GraphQL requests of all connections at one time; also the limit of pipelined responses, for any path. */
  readonly maxInFlight: number;
}

/** How many requests past its limit a connection may send, each rejected with a response, before it is closed. */
const refusedAtMost = 64;

/** The state of an open connection. */
class Connection {
  /** Requests whose response is not complete. */
  pending = 0;
  /** Whether a response was completed since {@link Connections} last looked for a connection to close. */
  wasUsed = false;
  /** Requests received after the one whose response closes the connection; undefined if there is none. */
  ignored: number | undefined;
  #latest: IncomingMessage | undefined;
  readonly #pipelined: ServerResponse[] = [];

  /** Operations over a WebSocket that it has become. */
  operations = 0;

  requestStarted(request: IncomingMessage, response: ServerResponse): void {
    this.pending += 1;
    this.#latest = request;
    response.on("close", this.#ended);
    // Node assigns the socket to a pipelined response when the responses before it are written.
    if (response.socket !== null) return;
    this.#pipelined.push(response);
    response.on("close", () => {
      swapRemove(this.#pipelined, response);
    });
  }

  /** Whether it has no request, or only one that is not complete. */
  get isIdle(): boolean {
    return this.operations === 0 && (this.pending === 0 || this.isReceiving);
  }

  /** Whether its only request is not complete. */
  get isReceiving(): boolean {
    return this.pending === 1 && this.#latest?.complete === false;
  }

  /** Closes the pipelined responses: on closing a socket Node notifies only the response that it is assigned to. */
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
 * Bounds the open connections of clients. At the bound a new connection replaces an idle one, the least recently used
 * first, so that idle connections cannot keep other clients out.
 */
export class Connections {
  /** In the order in which the next search visits them. */
  readonly #open = new Map<Socket, Connection>();
  readonly #mostPending: number;
  /** Pipelined responses, on all connections, that wait for those before them. */
  #waiting = 0;

  constructor(
    private readonly limits: ConnectionLimits,
    private readonly metrics: HttpMetrics,
  ) {
    this.#mostPending = limits.maxPipelined + refusedAtMost;
  }

  /** Tracks the connections of `server`, whose requests go to {@link listener}. */
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
      // The connection was rejected, and still sends.
      if (connection === undefined) {
        request.socket.destroy();
        return;
      }
      if (connection.ignored !== undefined) {
        connection.ignored += 1;
        // Node keeps each of these requests in memory until the connection closes.
        if (connection.ignored > refusedAtMost) request.socket.destroy();
        return;
      }
      connection.requestStarted(request, response);
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
   * Closes a connection after the responses that have started. Each response is kept in memory until the client has read
   * those before it, so a client that never reads could accumulate any number of them.
   */
  #endWith(response: ServerResponse, connection: Connection): void {
    connection.ignored = 0;
    this.metrics.connectionDropped();
    sendOverload(response);
  }

  /** How many requests of a connection have no complete response. */
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

  /** Closes a connection; a request that is not complete gets a response that says to try again. */
  turnAway(socket: Socket): void {
    this.metrics.connectionDropped();
    if (this.#open.get(socket)?.isReceiving === true) sendOverloadTo(socket);
    else socket.destroy();
    this.#open.delete(socket);
  }

  /**
   * Closes the connections on which nothing was ever sent. Browsers open some in advance; Node treats them as busy, so
   * they would delay shutdown until its timeout.
   */
  closeSilent(): void {
    for (const socket of this.#open.keys()) if (socket.bytesRead === 0) socket.destroy();
  }

  /**
   * Closes an idle connection, or `newest` if there is none. A second-chance search: connections used since the last
   * search are skipped once, so the amortized cost is constant per request and connection.
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
