import { longLength } from "./compile/index.js";
import type { JsonText } from "./compile/index.js";

type Chunks = readonly (string | Buffer)[];

/**
 * Splits JSON text into chunks that Node sends at the least cost. Node reads a string twice, to measure and to encode it,
 * so long text becomes a buffer. Short text stays a string: Node writes it together with the headers.
 */
export function chunksOf(text: JsonText): Chunks {
  if (typeof text !== "string") return text.chunks;
  return [text.length < longLength ? text : Buffer.from(text)];
}

export interface ChunkSize {
  /** In bytes. */
  readonly length: number;
  /** ASCII is the same in Latin-1, which Node copies without encoding it. */
  readonly encoding: "latin1" | "utf8";
}

/** Measures the chunks of a body: its length and the encoding for its strings. */
export function measureChunks(chunks: Chunks): ChunkSize {
  let length = 0;
  let isAscii = true;
  for (const chunk of chunks) {
    const bytes = Buffer.byteLength(chunk);
    length += bytes;
    isAscii &&= bytes === chunk.length;
  }
  return { length, encoding: isAscii ? "latin1" : "utf8" };
}
