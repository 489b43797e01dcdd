import { createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";

/** An upstream that sends raw bytes, so that tests can send invalid HTTP. */
export interface RawUpstream {
  readonly origin: string;
  /** The requests so far, as they came. */
  readonly requests: readonly string[];
  stop(): Promise<void>;
}

/** @param answer the bytes of the response, in chunks; then the connection is closed */
export async function startRawUpstream(
  answer: (request: string) => Uint8Array | readonly Uint8Array[],
): Promise<RawUpstream> {
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    socket.on("error", () => undefined);
    let request = "";
    socket.on("data", (chunk: Buffer) => {
      request += chunk.toString();
      if (!isWhole(request)) return;
      requests.push(request);
      const bytes = answer(request);
      request = "";
      sendPieces(socket, bytes instanceof Uint8Array ? [bytes] : bytes);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function isWhole(request: string): boolean {
  const end = request.indexOf("\r\n\r\n");
  const length = Number(/^content-length: *(\d+)/im.exec(request)?.[1] ?? 0);
  return end >= 0 && Buffer.byteLength(request) >= end + 4 + length;
}

/** One after the other has left, so that they are read one after the other too. */
function sendPieces(socket: Socket, [piece, ...others]: readonly Uint8Array[]): void {
  if (piece === undefined) socket.end();
  else {
    socket.write(piece, () => {
      setImmediate(() => {
        sendPieces(socket, others);
      });
    });
  }
}

/** A response as bytes, with its `content-length`. */
export function rawResponse(
  body: Uint8Array | string,
  headers: readonly string[] = [],
  statusLine = "HTTP/1.1 200 OK",
): Buffer {
  const bytes = typeof body === "string" ? Buffer.from(body) : body;
  const head = [statusLine, ...headers, `Content-Length: ${bytes.length}`, "", ""].join("\r\n");
  return Buffer.concat([Buffer.from(head, "latin1"), bytes]);
}
