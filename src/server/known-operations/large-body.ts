/** From this many characters on, encoding a text once costs less than having it measured and then encoded. */
const largeTextLength = 128 * 1024;

/**
 * A text as Fastify sends it with the least work. It measures a string before it writes it, which reads the text
 * twice; a buffer's length is known. For 5,000 reasons that is more than a quarter of the CPU time (1.74 → 1.23 ms);
 * a small answer would cost 10 µs more as a buffer, because Node no longer writes it in one piece with the header.
 */
export function bodyOf(text: string): string | Buffer {
  return text.length < largeTextLength ? text : Buffer.from(text);
}
