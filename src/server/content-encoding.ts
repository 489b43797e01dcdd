import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from "node:zlib";
import type { ZlibOptions } from "node:zlib";

import { RequestError } from "./http-errors.js";

type Decode = (body: Buffer, bound: Pick<ZlibOptions, "maxOutputLength">) => Buffer;

/**
 * Decoders of the content codings that bodies may have. They are synchronous: decoding at most the body limit takes less
 * time than parsing the JSON, and no decoded body is held in memory while it waits for a thread.
 */
const decoders = new Map<string, Decode>([
  ["identity", (body) => body],
  ["gzip", gunzipSync],
  ["x-gzip", gunzipSync],
  ["deflate", (body, bound) => (hasZlibHeader(body) ? inflateSync : inflateRawSync)(body, bound)],
  ["br", brotliDecompressSync],
]);

const accepted = { "accept-encoding": "gzip, deflate, br" };

/** @throws RequestError 415 if a body has an unsupported content coding, or more than one */
export function refuseUnknownEncoding(encoding: string | undefined): void {
  if (encoding === undefined || decoders.has(nameOf(encoding))) return;
  throw new RequestError(415, "The content encoding is not supported.", accepted);
}

/**
 * Decodes the content coding of a body, and stops at `maxBytes`.
 *
 * @param encoding the header, accepted by {@link refuseUnknownEncoding}
 * @param maxBytes the most bytes of the decoded body
 * @returns undefined if the decoded body is larger
 * @throws RequestError 400 if the body does not have that coding
 */
export function decodeContent(body: Buffer, encoding: string, maxBytes: number): Buffer | undefined {
  try {
    return decoders.get(nameOf(encoding))?.(body, { maxOutputLength: maxBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") return undefined;
    throw new RequestError(400, "The body does not match its content encoding.");
  }
}

function nameOf(encoding: string): string {
  return encoding.trim().toLowerCase();
}

/** Whether deflated data has the zlib header that the specification asks for; some clients send raw deflate. */
function hasZlibHeader(body: Buffer): boolean {
  return ((body[0] ?? 0) & 0x0f) === 8;
}
