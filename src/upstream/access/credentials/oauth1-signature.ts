import { createHmac } from "node:crypto";

import OAuth from "oauth-1.0a";

/** An OAuth 1.0a API key. */
export interface Oauth1Key {
  readonly appKey: string;
  readonly appSecret: string;
  readonly accessToken: string;
  readonly accessTokenSecret: string;
}

/** What is signed of a request (RFC 5849, 3.4.1). A JSON body is not part of it. */
export interface SignedRequest {
  readonly method: string;
  readonly url: string;
}

/** The protocol parameters of a request (RFC 5849, 3.1), which are signed with it. */
export type Oauth1Parameters = Omit<OAuth.Data, "oauth_version"> & { readonly oauth_version?: string };

/** The `Authorization` header of a request, signed with HMAC-SHA1. */
export function oauth1Header(
  key: Oauth1Key,
  request: SignedRequest,
  once: { readonly nonce: string; /** Epoch seconds. */ readonly timestamp: number },
): string {
  const parameters = {
    oauth_consumer_key: key.appKey,
    oauth_nonce: once.nonce,
    oauth_signature_method: "HMAC-SHA1",
    oauth_timestamp: once.timestamp,
    oauth_token: key.accessToken,
    oauth_version: "1.0",
  };
  const oauth_signature = oauth1Signature(key, request, parameters);
  return signer(key).toHeader({ ...parameters, oauth_signature }).Authorization;
}

export function oauth1Signature(
  key: Oauth1Key,
  request: SignedRequest,
  parameters: Oauth1Parameters,
): string {
  return signer(key).getSignature(signable(request), key.accessTokenSecret, copy(parameters));
}

/** What the signature is of (RFC 5849, 3.4.1.1). */
export function oauth1BaseString(
  key: Oauth1Key,
  request: SignedRequest,
  parameters: Oauth1Parameters,
): string {
  return signer(key).getBaseString(signable(request), copy(parameters));
}

function signer({ appKey, appSecret }: Oauth1Key): OAuth {
  return new OAuth({
    consumer: { key: appKey, secret: appSecret },
    signature_method: "HMAC-SHA1",
    hash_function: (base, signingKey) => createHmac("sha1", signingKey).update(base).digest("base64"),
  });
}

/** The library adds the request's own parameters to those it is given; the version may be left out. */
function copy(parameters: Oauth1Parameters): OAuth.Data {
  return { ...parameters } as OAuth.Data;
}

/** The library decodes the values of a query but not its names, so it gets the query decoded. */
function signable({ method, url }: SignedRequest): OAuth.RequestOptions {
  const { origin, pathname, searchParams } = new URL(url);
  const data = Object.fromEntries(
    [...searchParams.keys()].map((name) => [name, oneOrMany(searchParams.getAll(name))]),
  );
  return { method, url: origin + pathname, data };
}

function oneOrMany(values: readonly string[]): string | readonly string[] {
  const [first = "", ...others] = values;
  return others.length === 0 ? first : values;
}
