import { isAscii, isUtf8 } from "node:buffer";

const declaredCharset = /;\s*charset\s*=\s*["']?([^\s;"']+)/i;

/** Names that TextDecoder takes for windows-1252, whose upper half ASCII does not have. */
const asciiNames: ReadonlySet<string> = new Set(["ascii", "us-ascii", "ansi_x3.4-1968", "iso646-us"]);

/** A body that is no text in the charset that it declares, or in UTF-8 where it declares none. */
export class CharsetError extends Error {
  override readonly name = "CharsetError";

  constructor() {
    super("the body is not in its charset");
  }
}

/**
 * Decodes text strictly: what would become U+FFFD here would be written back as that.
 *
 * @param contentType whose `charset` is used; UTF-8 where it names none. A byte order mark says more, and is dropped
 * @returns undefined where the bytes are no text in that charset, or the charset is not known
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

/** What windows-1252 has from 0x80 to 0x9f, where Latin-1, which goes by the same name here, has control characters. */
const windows1252 = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ";

/** Not by Node's own decoder, which takes these for Latin-1's in some versions. */
function decodeWindows1252(bytes: Buffer): string {
  return bytes
    .toString("latin1")
    .replace(/[\x80-\x9f]/g, (control) => windows1252.charAt(control.charCodeAt(0) - 0x80));
}

/** "UTF-16" alone leaves the order of the bytes to their mark (RFC 2781, 4.3). */
function nameOf(charset: string, bytes: Buffer): string {
  return charset === "utf-16" && bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : charset;
}

function hasUtf8Mark(bytes: Buffer): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

function withoutMark(text: string): string {
  return text.startsWith("\uFEFF") ? text.slice(1) : text;
}
