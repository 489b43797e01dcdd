import { brotliDecompress, gunzip, inflate, inflateRaw } from "node:zlib";

import { BrokenAnswerError } from "./broken-answer.js";

/** What is said in `Accept-Encoding`: what {@link decodeContent} can undo, and nothing else. */
export const acceptEncoding = "gzip, deflate, br";

/** More than one is odd already; each may multiply the bytes. */
const maxEncodings = 3;

type Decompress = (
  bytes: Buffer,
  options: { readonly maxOutputLength: number },
  done: (error: Error | null, decoded: Buffer) => void,
) => void;

const decompressors: Readonly<Partial<Record<string, Decompress>>> = {
  gzip: gunzip,
  "x-gzip": gunzip,
  br: brotliDecompress,
  // RFC 9110, 8.4.1.2: with the header of zlib, which some servers leave out.
  deflate: (bytes, options, done) => {
    const hasHeader = ((bytes[0] ?? 0) & 0x0f) === 8;
    (hasHeader ? inflate : inflateRaw)(bytes, options, done);
  },
};

/**
 * Undoes the `Content-Encoding` of a whole body, off the main thread.
 *
 * @param encoding the header's value or values
 * @param maxBytes how large each result may be
 * @param done given the content, or why there is none
 */
export function decodeContent(
  encoding: string | readonly string[],
  bytes: Buffer,
  maxBytes: number,
  done: (result: Buffer | BrokenAnswerError) => void,
): void {
  const applied = String(encoding)
    .toLowerCase()
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "" && name !== "identity");
  if (applied.length > maxEncodings) done(broken("too many encodings"));
  else undo(applied, bytes, maxBytes, done);
}

/** The last one applied is the first to be undone. */
function undo(
  applied: readonly string[],
  bytes: Buffer,
  maxOutputLength: number,
  done: (result: Buffer | BrokenAnswerError) => void,
): void {
  const encoding = applied.at(-1);
  if (encoding === undefined) {
    done(bytes);
    return;
  }
  const decompress = Object.hasOwn(decompressors, encoding) ? decompressors[encoding] : undefined;
  if (decompress === undefined) {
    done(broken("an encoding that was not asked for"));
    return;
  }
  decompress(bytes, { maxOutputLength }, (error, decoded) => {
    if (error === null) undo(applied.slice(0, -1), decoded, maxOutputLength, done);
    else
      done(broken(isTooLarge(error) ? "too large when inflated" : "cut off, or not what its encoding says"));
  });
}

function isTooLarge(error: Error): boolean {
  return "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";
}

function broken(problem: string): BrokenAnswerError {
  return new BrokenAnswerError("BROKEN_CONTENT_ENCODING", `the body is encoded wrongly: ${problem}`);
}
