import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from "node:zlib";
import type { ZlibOptions } from "node:zlib";

import { RequestProblem } from "./http-errors.js";

type Decode = (body: Buffer, bound: Pick<ZlibOptions, "maxOutputLength">) => Buffer;

/**
 * The content codings that bodies may have. At once and not in another thread: with the bound it takes less time than
 * to parse what comes out, and nothing of it waits in memory.
 */
const decoders = new Map<string, Decode>([
  ["identity", (body) => body],
  ["gzip", gunzipSync],
  ["x-gzip", gunzipSync],
  ["deflate", (body, bound) => (hasZlibHeader(body) ? inflateSync : inflateRawSync)(body, bound)],
  ["br", brotliDecompressSync],
]);

const accepted = { "accept-encoding": "gzip, deflate, br" };

/** @throws RequestProblem 415 where a body has a coding that is not decoded, or more than one */
export function refuseUnknownEncoding(encoding: string | undefined): void {
  if (encoding === undefined || decoders.has(nameOf(encoding))) return;
  throw new RequestProblem(415, "The content encoding is not supported.", accepted);
}

/**
 * Undoes the content coding of a body, and stops as soon as more comes out than may.
 *
 * @param encoding the header, that {@link refuseUnknownEncoding} has let pass
 * @param maxBytes how much may come out
 * @returns undefined where it is more
 * @throws RequestProblem 400 where the body is not in that coding
 */
export function decodeContent(body: Buffer, encoding: string, maxBytes: number): Buffer | undefined {
  try {
    return decoders.get(nameOf(encoding))?.(body, { maxOutputLength: maxBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") return undefined;
    throw new RequestProblem(400, "The body is not in its content encoding.");
  }
}

function nameOf(encoding: string): string {
  return encoding.trim().toLowerCase();
}

/** Some send deflated data without zlib's frame around it, which the name stands for. */
function hasZlibHeader(body: Buffer): boolean {
  return ((body[0] ?? 0) & 0x0f) === 8;
}
