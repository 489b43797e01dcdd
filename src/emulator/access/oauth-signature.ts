import { createHmac } from "node:crypto";

/** A request with an OAuth 1.0 `Authorization` header, as received. */
export interface SignedRequest {
  readonly method: string;
  /** With scheme and host, as the client sees it. */
  readonly url: string;
  /** The protocol parameters of the header, decoded. */
  readonly parameters: ReadonlyMap<string, string>;
}

/**
 * Parses an OAuth 1.0 header (RFC 5849, 3.5.1). Shares no code with the gateway's signing, so that each tests the
 * other.
 *
 * @returns the protocol parameters; undefined if it is no such header, or repeats a parameter
 */
export function readOauthHeader(header: string): ReadonlyMap<string, string> | undefined {
  const [, list] = /^OAuth +(.*)$/i.exec(header) ?? [];
  const pairs = list?.split(",").map((pair) => /^\s*([\w.~%-]+)="([^"]*)"\s*$/.exec(pair));
  const parameters = new Map(
    pairs?.map((match) => [decoded(match?.[1] ?? ""), decoded(match?.[2] ?? "")] as const),
  );
  return pairs?.length === parameters.size && !parameters.has("") ? parameters : undefined;
}

/** The HMAC-SHA1 signature of a request (RFC 5849, 3.4.2). */
export function expectedSignature(request: SignedRequest, appSecret: string, tokenSecret: string): string {
  const key = `${encoded(appSecret)}&${encoded(tokenSecret)}`;
  return createHmac("sha1", key).update(baseString(request)).digest("base64");
}

/** RFC 5849, 3.4.1. */
function baseString({ method, url, parameters }: SignedRequest): string {
  const { origin, pathname, searchParams } = new URL(url);
  const protocol = [...parameters].filter(([name]) => name !== "realm" && name !== "oauth_signature");
  const normalized = [...searchParams, ...protocol]
    .map(([name, value]) => [encoded(name), encoded(value)] as const)
    .sort(([a, x], [b, y]) => compare(a, b) || compare(x, y))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
  return [method.toUpperCase(), encoded(origin + pathname), encoded(normalized)].join("&");
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** Percent-encodes (RFC 5849, 3.6): also the characters !'()*, which `encodeURIComponent` does not encode. */
function encoded(text: string): string {
  const hex = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(text).replace(/[!'()*]/g, hex);
}

/** Percent-decodes; "" if the text is malformed. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
