import type { IncomingMessage, Server } from "node:http";
import type { Socket } from "node:net";

/** The headers that ask for another protocol, and the options of `Connection` that name them, in lower case. */
const upgradeNames: ReadonlySet<string> = new Set(["upgrade", "http2-settings"]);

/**
 * Gives a request that asked for another protocol back to an HTTP server, as one that did not. Node gives every such
 * request to the listener for upgrades once there is one, and has stopped to read HTTP by then.
 *
 * @param head what came after the header of the request
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
