import type { Socket } from "node:net";

/** `HTTP/1.1 100`, or another interim response. 101 is none: what follows it is another protocol. */
const interimLine = /^HTTP\/1\.[01] 1(?!01)\d\d$/;
const interimLineLength = "HTTP/1.1 100".length;
const endOfHead = "\r\n\r\n";

/** Far over any head of a response that has no content. */
const maxHeadBytes = 16 * 1024;

/**
 * Takes interim responses out of what is read from a socket. A server may send `100 Continue` without being asked, also
 * after others, and a client has to read past it (RFC 9110, 15.2); undici drops the connection at it.
 *
 * They are looked for where a piece of the stream begins, which is where servers send them. No body of JSON can hold such a
 * line: a line break cannot be in a string.
 */
export function skipInterim(socket: Socket): void {
  const read = socket.read.bind(socket) as (size?: number) => Buffer | null;
  let begun: Buffer | undefined;
  const readOn = (size?: number): Buffer | null => {
    const piece = read(size);
    // Hot path: but for a comparison of its first byte, a piece is passed on as it is.
    if (piece === null || (begun === undefined && !isInterim(piece))) return piece;
    const rest = withoutInterim(begun === undefined ? piece : Buffer.concat([begun, piece]));
    begun = isInterim(rest) && rest.length <= maxHeadBytes ? rest : undefined;
    return begun === undefined && rest.length > 0 ? rest : readOn(size);
  };
  socket.read = readOn;
}

/** @returns what begins with the head of such a response only where that head is not whole */
function withoutInterim(bytes: Buffer): Buffer {
  let rest = bytes;
  while (isInterim(rest)) {
    const end = rest.indexOf(endOfHead);
    if (end < 0) break;
    rest = rest.subarray(end + endOfHead.length);
  }
  return rest;
}

function isInterim(piece: Buffer): boolean {
  return piece[0] === 0x48 && interimLine.test(piece.toString("latin1", 0, interimLineLength));
}
