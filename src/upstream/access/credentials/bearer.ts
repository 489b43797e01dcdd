/** RFC 6750: the scheme, then one token of visible characters. */
const bearer = /^Bearer +([\x21-\x7e]+)$/i;

export function isBearer(authorization: string | undefined): boolean {
  return bearer.test(authorization ?? "");
}

/** @returns the token of an `Authorization` header; undefined where it holds no bearer token */
export function bearerToken(authorization: string | undefined): string | undefined {
  return bearer.exec(authorization ?? "")?.[1];
}
