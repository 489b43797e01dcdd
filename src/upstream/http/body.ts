import { isAscii, isUtf8 } from "node:buffer";
import { brotliDecompress, gunzip, inflate, inflateRaw } from "node:zlib";

import { BrokenResponseError } from "./fault.js";

/**
 * The bytes of a response body, in the chunks that they arrived in. Hot path: a body that equals the last one is never
 * concatenated.
 */
export class Body {
  /** In bytes. */
  readonly length: number;
  #bytes: Buffer | undefined;

  /** @param contentType the `Content-Type` header, which names the charset */
  constructor(
    private readonly chunks: readonly Buffer[],
    readonly contentType?: string,
  ) {
    this.length = chunks.reduce((length, chunk) => length + chunk.length, 0);
  }

  equals(other: Buffer): boolean {
    if (this.length !== other.length) return false;
    let begin = 0;
    return this.chunks.every((chunk) => {
      const end = begin + chunk.length;
      const isSame = other.compare(chunk, 0, chunk.length, begin, end) === 0;
      begin = end;
      return isSame;
    });
  }

  /** All bytes, concatenated once. */
  bytes(): Buffer {
    const [only, ...more] = this.chunks;
    this.#bytes ??= only !== undefined && more.length === 0 ? only : Buffer.concat(this.chunks);
    return this.#bytes;
  }

  /** @returns undefined where the bytes are not in the declared charset, or not in UTF-8 where none is declared */
  text(): string | undefined {
    return decodeText(this.bytes(), this.contentType);
  }
}

const declaredCharset = /;\s*charset\s*=\s*["']?([^\s;"']+)/i;

/** Names that TextDecoder takes for windows-1252, whose upper half ASCII does not have. */
const asciiNames: ReadonlySet<string> = new Set(["ascii", "us-ascii", "ansi_x3.4-1968", "iso646-us"]);

/** A body that is not in its declared charset, or not in UTF-8 where it declares none. */
export class CharsetError extends Error {
  override readonly name = "CharsetError";

  constructor() {
    super("the body is not in its charset");
  }
}

/**
 * Decodes text strictly: a U+FFFD made here would be written back by the next update.
 *
 * @param contentType whose `charset` is used; UTF-8 where it names none. A byte order mark overrides it, and is removed
 * @returns undefined where the bytes are not in that charset, or the charset is unknown
 */
export function decodeText(bytes: Buffer, contentType: string | undefined): string | undefined {
  const charset =
    contentType === undefined ? undefined : declaredCharset.exec(contentType)?.[1]?.toLowerCase();
  if (charset === undefined || charset === "utf-8" || charset === "utf8" || hasUtf8Mark(bytes)) {
    return isUtf8(bytes) ? withoutMark(bytes.toString()) : undefined;
  }
  if (asciiNames.has(charset)) return isAscii(bytes) ? bytes.toString("latin1") : undefined;
  try {
    const decoder = new TextDecoder(nameOf(charset, bytes), { fatal: true });
    return decoder.encoding === "windows-1252" ? decodeWindows1252(bytes) : decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/** The characters of windows-1252 from 0x80 to 0x9f, where Latin-1 has control characters. */
const windows1252 = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ";

/** Without Node's own decoder, which decodes these bytes as Latin-1 in some versions. */
function decodeWindows1252(bytes: Buffer): string {
  return bytes
    .toString("latin1")
    .replace(/[\x80-\x9f]/g, (control) => windows1252.charAt(control.charCodeAt(0) - 0x80));
}

/** "UTF-16" leaves the byte order to the mark (RFC 2781, 4.3). */
function nameOf(charset: string, bytes: Buffer): string {
  return charset === "utf-16" && bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : charset;
}

function hasUtf8Mark(bytes: Buffer): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

function withoutMark(text: string): string {
  return text.startsWith("\uFEFF") ? text.slice(1) : text;
}

/** The `Accept-Encoding` header: what {@link decodeContent} can undo. */
export const acceptEncoding = "gzip, deflate, br";

/** Each encoding may multiply the bytes. */
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
 * @param done called with the content, or with why there is none
 */
export function decodeContent(
  encoding: string | readonly string[],
  bytes: Buffer,
  maxBytes: number,
  done: (result: Buffer | BrokenResponseError) => void,
): void {
  const applied = String(encoding)
    .toLowerCase()
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "" && name !== "identity");
  if (applied.length > maxEncodings) done(broken("too many encodings"));
  else undo(applied, bytes, maxBytes, done);
}

/** Undoes encodings from the last one applied to the first. */
function undo(
  applied: readonly string[],
  bytes: Buffer,
  maxOutputLength: number,
  done: (result: Buffer | BrokenResponseError) => void,
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

function broken(problem: string): BrokenResponseError {
  return new BrokenResponseError("BROKEN_CONTENT_ENCODING", `the body is encoded wrongly: ${problem}`);
}
