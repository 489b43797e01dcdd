import { longLength } from "../../graphql/compiled/text.js";
import type { Written } from "../../graphql/compiled/text.js";

/**
 * A text as Node sends it with the least work. It measures a string before it writes it, which reads the text twice; a
 * buffer's length is known. For 5,000 reasons that is more than a quarter of the CPU time; a small answer would cost
 * 10 µs more as a buffer, because Node no longer writes it in one piece with the header.
 */
export function bodyPieces(text: Written): readonly (string | Buffer)[] {
  if (typeof text !== "string") return text.pieces;
  return [text.length < longLength ? text : Buffer.from(text)];
}

/** In bytes. */
export function lengthOf(pieces: readonly (string | Buffer)[]): number {
  return pieces.reduce((length, piece) => length + Buffer.byteLength(piece), 0);
}
