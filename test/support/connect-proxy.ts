import { createServer } from "node:http";
import { connect } from "node:net";
import type { AddressInfo, Socket } from "node:net";

/** A real HTTP proxy that takes CONNECT and nothing else. */
export interface ConnectProxy {
  /** `127.0.0.1` and the port. */
  readonly host: string;
  /** Where it was asked to connect, with the credentials that were shown. */
  readonly asked: readonly { readonly to: string; readonly authorization: string | undefined }[];
  stop(): Promise<void>;
}

/** @param refusal sent instead of a tunnel, status line and headers included; "" closes the connection */
export async function startConnectProxy(refusal?: string): Promise<ConnectProxy> {
  const asked: { to: string; authorization: string | undefined }[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((_request, response) => response.writeHead(405).end());
  server.on("connection", (socket) => sockets.add(socket));
  server.on("connect", ({ url = "", headers }, client: Socket) => {
    asked.push({ to: url, authorization: headers["proxy-authorization"] });
    client.on("error", () => undefined);
    if (refusal !== undefined) {
      client.end(refusal);
      return;
    }
    const { hostname, port } = new URL(`http://${url}`);
    const upstream = connect(Number(port || 80), hostname, () => {
      client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      client.pipe(upstream).pipe(client);
    });
    sockets.add(upstream);
    upstream.on("error", () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of sockets) socket.destroy();
      }),
  };
}
