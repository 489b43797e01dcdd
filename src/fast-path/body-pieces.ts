import { longLength } from "./compile/index.js";
import type { Written } from "./compile/index.js";

/**
 * A text as Node sends it with the least work. It measures a string before it writes it, which reads the text twice; a
 * buffer's length is known. For 5,000 reasons that is more than a quarter of the CPU time; a small answer would cost
 * 10 µs more as a buffer, because Node no longer writes it in one piece with the header.
 */
export function bodyPieces(text: Written): readonly (string | Buffer)[] {
  if (typeof text !== "string") return text.pieces;
  return [text.length < longLength ? text : Buffer.from(text)];
}

/** What Node has to be told of pieces. */
export interface Measure {
  /** In bytes. */
  readonly length: number;
  /** Texts in ASCII are the same in Latin-1, as which they are only copied: worth 2 µs. */
  readonly encoding: "latin1" | "utf8";
}

export function measure(pieces: readonly (string | Buffer)[]): Measure {
  let length = 0;
  let isAscii = true;
  for (const piece of pieces) {
    const bytes = Buffer.byteLength(piece);
    length += bytes;
    isAscii &&= bytes === piece.length;
  }
  return { length, encoding: isAscii ? "latin1" : "utf8" };
}
