import { connect } from "node:net";

/**
 * Sends bytes over a connection of their own, with no HTTP client in between to make them right.
 *
 * @returns everything that came until the gateway closed the connection
 */
export function sendRaw(origin: string, bytes: Uint8Array | string): Promise<string> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve) => {
    let text = "";
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.on("data", (chunk: Buffer) => {
      text += chunk.toString("latin1");
    });
    socket.once("close", () => {
      resolve(text);
    });
    // A reset ends the connection too; "close" follows.
    socket.on("error", () => undefined);
  });
}
