import type { Socket } from "node:net";

/** `HTTP/1.1 100`, or `HTTP/1.0 100`. */
const continueLine = /^HTTP\/1\.[01] 100$/;
const continueLineLength = "HTTP/1.1 100".length;
const endOfHead = "\r\n\r\n";

/** Far over any head of a response that has no content. */
const maxHeadBytes = 16 * 1024;

/**
 * Takes `100 Continue` out of what is read from a socket. A server may send it without being asked, and a client has to
 * read past it (RFC 9110, 15.2); undici reads past all other interim responses but drops the connection at this one.
 *
 * It is looked for where a piece of the stream begins, which is where servers send it. No body of JSON can hold such a
 * line: a line break cannot be in a string.
 */
export function skipContinue(socket: Socket): void {
  const read = socket.read.bind(socket) as (size?: number) => Buffer | null;
  let begun: Buffer | undefined;
  const readOn = (size?: number): Buffer | null => {
    const piece = read(size);
    // Hot path: but for a comparison of its first byte, a piece is passed on as it is.
    if (piece === null || (begun === undefined && !isContinue(piece))) return piece;
    const rest = withoutContinue(begun === undefined ? piece : Buffer.concat([begun, piece]));
    begun = isContinue(rest) && rest.length <= maxHeadBytes ? rest : undefined;
    return begun === undefined && rest.length > 0 ? rest : readOn(size);
  };
  socket.read = readOn;
}

/** @returns what begins with the head of such a response only where that head is not whole */
function withoutContinue(bytes: Buffer): Buffer {
  let rest = bytes;
  while (isContinue(rest)) {
    const end = rest.indexOf(endOfHead);
    if (end < 0) break;
    rest = rest.subarray(end + endOfHead.length);
  }
  return rest;
}

function isContinue(piece: Buffer): boolean {
  return piece[0] === 0x48 && continueLine.test(piece.toString("latin1", 0, continueLineLength));
}
