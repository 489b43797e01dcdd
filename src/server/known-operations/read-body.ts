import type { IncomingMessage } from "node:http";

/**
 * Reads a body whose length is known, bearable and not 0. Of a request that breaks off nobody hears again: Node closes
 * its connection.
 *
 * @param length in bytes; Node sees to it that no more come
 */
export function readBody(request: IncomingMessage, length: number, done: (body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  let missing = length;
  request.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
    missing -= chunk.length;
    if (missing === 0) done(chunks.length === 1 ? chunk : Buffer.concat(chunks));
  });
}
