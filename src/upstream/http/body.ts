import { decodeText } from "./charset.js";

/**
 * The bytes of an answer, in the pieces that they came in: to put those of 5,000 reasons together, only to see that they
 * are the same as the last time, was an eighth of what such an answer costs.
 */
export class Body {
  /** In bytes. */
  readonly length: number;
  #bytes: Buffer | undefined;

  /** @param contentType the header that came with it, whose charset the bytes are in */
  constructor(
    private readonly pieces: readonly Buffer[],
    readonly contentType?: string,
  ) {
    this.length = pieces.reduce((length, piece) => length + piece.length, 0);
  }

  equals(other: Buffer): boolean {
    if (this.length !== other.length) return false;
    let begin = 0;
    return this.pieces.every((piece) => {
      const end = begin + piece.length;
      const isSame = other.compare(piece, 0, piece.length, begin, end) === 0;
      begin = end;
      return isSame;
    });
  }

  /** In one piece, which is made once. */
  bytes(): Buffer {
    const [only, ...more] = this.pieces;
    this.#bytes ??= only !== undefined && more.length === 0 ? only : Buffer.concat(this.pieces);
    return this.#bytes;
  }

  /** @returns undefined where the bytes are no text in the charset that is declared, or in UTF-8 where none is */
  text(): string | undefined {
    return decodeText(this.bytes(), this.contentType);
  }
}
