import type { UpstreamCall } from "./call.js";
import { UpstreamError } from "./upstream-error.js";
import type { UpstreamOperation } from "./upstream-error.js";

/** RFC 6750: the scheme, then one token of visible characters. */
const bearer = /^Bearer +[\x21-\x7e]+$/i;

/**
 * The header that goes to the upstream: the caller's, unchanged.
 *
 * @throws UpstreamError `unauthenticated`, before anything is sent, where there is no usable one
 */
export function authorizationOf(call: UpstreamCall, operation: UpstreamOperation): string {
  const { authorization } = call;
  if (authorization === undefined || !bearer.test(authorization)) {
    throw new UpstreamError("unauthenticated", operation);
  }
  return authorization;
}
