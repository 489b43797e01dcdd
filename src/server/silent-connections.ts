import type { Server } from "node:http";
import type { Socket } from "node:net";

/**
 * Knows the connections on which nothing was ever sent. Browsers open some ahead of need; Node takes them for
 * busy, so that without this each would keep the gateway from stopping until its time is up.
 *
 * @returns closes them
 */
export function trackSilentConnections(server: Server): () => void {
  const open = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  });
  return () => {
    for (const socket of open) if (socket.bytesRead === 0) socket.destroy();
  };
}
