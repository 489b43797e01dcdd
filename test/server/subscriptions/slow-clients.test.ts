import { createServer } from "node:http";
import type { Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";

import { WebSocket, WebSocketServer } from "ws";

import type { StreamMetrics } from "../../../src/observability/index.js";
import { OpenStreams } from "../../../src/server/subscriptions/open-streams.js";
import { Payload } from "../../../src/server/subscriptions/payload.js";
import type { End, Results } from "../../../src/server/subscriptions/results.js";
import { StreamBody } from "../../../src/server/subscriptions/stream-body.js";
import { sse } from "../../../src/server/subscriptions/stream-formats.js";
import { WebSocketConnection } from "../../../src/server/subscriptions/websocket-connection.js";
import { openRaw } from "../../support/raw-http.js";

const payload = new Payload({ data: { text: "x".repeat(64 * 1024) } });
const times = { beatMs: 20, maxMissedBeats: 10, initMs: 1_000 };

/** Results without an end. */
class Endless implements Results {
  pulled = 0;
  ended: End | undefined;
  #tell: () => void = () => undefined;
  readonly whenEnded = new Promise<void>((resolve) => (this.#tell = resolve));

  next() {
    this.pulled += 1;
    return Promise.resolve({ done: false, value: payload } as const);
  }

  end(why: End): void {
    this.ended ??= why;
    this.#tell();
  }
}

let server: Server;
const cut: string[] = [];
const metrics: StreamMetrics = {
  streamStarted: () => undefined,
  streamEnded: () => undefined,
  eventSent: () => undefined,
  clientCut: (transport) => cut.push(transport),
};

beforeEach(() => {
  cut.length = 0;
  server = createServer();
});
afterEach(async () => {
  server.close();
  server.closeAllConnections();
  await once(server, "close");
});

async function listen(): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it("computes no result ahead of a client that does not read, and cuts it", async () => {
  const results = new Endless();
  const open = new OpenStreams();
  server.on("request", (_request, response) => {
    new StreamBody({ metrics, open, times }, { format: sse, results, response }).pipe(response);
  });
  const raw = await openRaw(await listen());
  raw.pause();
  await raw.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  await results.whenEnded;
  expect(results.ended).toBe("client too slow");
  expect(cut).toEqual(["sse"]);
  // What the system's buffers of a connection hold, and one more.
  expect(results.pulled * payload.json.length).toBeLessThan(32 * 1024 * 1024);
  raw.destroy();
  await raw.closed;
});

it("shares the bytes of a result among all who get it", () => {
  expect(payload.in(sse.envelope)).toBe(payload.in(sse.envelope));
});

it("waits for the socket before it settles, reads nothing more of a client that does not read, and cuts it", async () => {
  const sockets = new WebSocketServer({ noServer: true });
  server.on("upgrade", (request, socket, head) => {
    sockets.handleUpgrade(request, socket, head, (webSocket) => sockets.emit("connection", webSocket));
  });
  const url = (await listen()).replace("http", "ws");
  const connected = once(sockets, "connection");
  const client = new WebSocket(url);
  const [socket] = (await connected) as [WebSocket];
  const connection = new WebSocketConnection(socket, times, metrics);
  socket.once("close", () => {
    connection.closed();
  });
  await once(client, "open");
  client.pause();
  let sent = 0;
  const closed = once(socket, "close");
  while (socket.readyState === WebSocket.OPEN) {
    await connection.send(payload.json);
    sent += 1;
  }
  await closed;
  expect(cut).toEqual(["websocket"]);
  expect(sent * payload.json.length).toBeLessThan(32 * 1024 * 1024);
  client.terminate();
});
