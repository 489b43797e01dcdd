import type { IncomingMessage, Server } from "node:http";
import type { Socket } from "node:net";

import { handleProtocols } from "graphql-ws";
import { WebSocketServer } from "ws";

import type { Config } from "../../config/index.js";
import { requestIdHeader, requestIdOf } from "../../observability/index.js";
import { sendUpgradeRefusal } from "../client-errors.js";
import type { Connections } from "../connections.js";
import { hasValidHost } from "../host-header.js";
import { handBack } from "./hand-back.js";
import type { WebSocketProtocol } from "./websocket-protocol.js";

/** The parts that check and serve upgrades to WebSocket. */
export interface UpgradeParts {
  readonly config: Pick<Config, "corsOrigins" | "httpLimits">;
  readonly connections: Connections;
  readonly protocol: WebSocketProtocol;
  /** The path of the WebSocket endpoint. */
  readonly path: string;
}

/** Upgrades connections to WebSocket, after the same checks as for other requests. */
export class Upgrades {
  readonly #sockets: WebSocketServer;

  constructor(private readonly parts: UpgradeParts) {
    this.#sockets = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      maxPayload: parts.config.httpLimits.maxBodyBytes,
      // Compression keeps a window of hundreds of KB for each connection, and events are small.
      perMessageDeflate: false,
      handleProtocols,
    });
    this.#sockets.on("headers", (headers, request) => {
      headers.push(`${requestIdHeader}: ${requestIdOf(request)}`);
    });
  }

  /** Serves the upgrades of `server`. */
  follow(server: Server): void {
    server.on("upgrade", (request: IncomingMessage, socket: Socket, head: Buffer) => {
      // Pending responses of earlier pipelined requests would mix with the WebSocket's bytes.
      if (this.parts.connections.pendingOn(socket) > 0) socket.destroy();
      // A server may ignore an upgrade (RFC 9110, 7.8). HTTP clients offer HTTP/2 this way.
      else if (request.headers.upgrade?.toLowerCase() !== "websocket")
        handBack(server, request, socket, head);
      else this.#judge(request, socket, head);
    });
  }

  #judge(request: IncomingMessage, socket: Socket, head: Buffer): void {
    const refuse = (status: number, message: string): void => {
      sendUpgradeRefusal(socket, status, message, requestIdOf(request));
    };
    // Node has removed its own error listener, and an unhandled error would end the process.
    socket.on("error", () => undefined);
    if (!hasValidHost(request)) refuse(400, "The Host header is not valid.");
    else if (pathOf(request) !== this.parts.path) refuse(404, "There is nothing here.");
    else if (!isAllowedOrigin(request, this.parts.config.corsOrigins))
      refuse(403, "Pages of this origin may not connect.");
    else
      this.#sockets.handleUpgrade(request, socket, head, (webSocket) => {
        this.parts.protocol.serve(webSocket, request);
      });
  }
}

function pathOf({ url = "" }: IncomingMessage): string {
  return url.split("?", 1)[0] ?? "";
}

/**
 * Whether a page may open a WebSocket. Browsers do not apply CORS to WebSockets: they send the page's `Origin` and leave
 * the check to the server.
 */
function isAllowedOrigin({ headers }: IncomingMessage, allowed: Config["corsOrigins"]): boolean {
  const { origin, host } = headers;
  // Browsers always send `Origin`.
  if (origin === undefined || allowed === "any" || allowed.includes(origin)) return true;
  return URL.canParse(origin) && new URL(origin).host === host?.toLowerCase();
}
