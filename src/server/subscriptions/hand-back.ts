import type { IncomingMessage, Server } from "node:http";
import type { Socket } from "node:net";

/** Headers that request another protocol, and the options of `Connection` that name them, in lower case. */
const upgradeNames: ReadonlySet<string> = new Set(["upgrade", "http2-settings"]);

/**
 * Returns a request for another protocol to the HTTP server, without the headers that request the protocol. Once a server
 * has a listener for upgrades, Node passes every such request to it and stops parsing HTTP on the socket.
 *
 * @param head the bytes received after the request's headers
 */
export function handBack(server: Server, request: IncomingMessage, socket: Socket, head: Buffer): void {
  socket.unshift(Buffer.concat([Buffer.from(headerOf(request), "latin1"), head]));
  server.emit("connection", socket);
}

function headerOf({ method = "GET", url = "/", httpVersion, rawHeaders }: IncomingMessage): string {
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? "";
    const value = rawHeaders[index + 1] ?? "";
    if (upgradeNames.has(name.toLowerCase())) continue;
    lines.push(`${name}: ${name.toLowerCase() === "connection" ? withoutUpgrade(value) : value}`);
  }
  return `${lines.join("\r\n")}\r\n\r\n`;
}

function withoutUpgrade(connection: string): string {
  const options = connection.split(",").map((option) => option.trim());
  return options.filter((option) => !upgradeNames.has(option.toLowerCase())).join(", ");
}
