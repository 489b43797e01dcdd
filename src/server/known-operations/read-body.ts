import type { IncomingMessage } from "node:http";

/**
 * Reads a body whose length is known to be bearable. Of a request that breaks off nobody hears again: Node closes
 * its connection.
 */
export function readBody(request: IncomingMessage, done: (body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const [only = Buffer.alloc(0), ...more] = chunks;
    done(more.length === 0 ? only : Buffer.concat(chunks));
  });
}
