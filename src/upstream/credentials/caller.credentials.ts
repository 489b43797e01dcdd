import { UpstreamError } from "../upstream-error.js";
import { bearerToken } from "./bearer.js";
import type { Credentials } from "./credentials.js";

const oauth1Explanation =
  "An OAuth 1.0 signature covers the method and the URL of one request, so it cannot be passed on: " +
  "send a bearer token.";

/** The caller's own bearer token, passed on unchanged. */
export const callerCredentials: Credentials = {
  admit: ({ authorization }, operation) => {
    if (bearerToken(authorization) !== undefined) return;
    const isOAuth1 = /^OAuth\b/i.test(authorization ?? "");
    throw new UpstreamError("unauthenticated", operation, {
      explanation: isOAuth1 ? oauth1Explanation : undefined,
    });
  },
  authorize: ({ authorization = "" }) => {
    const token = bearerToken(authorization);
    return { header: authorization, secrets: token === undefined ? [] : [token] };
  },
};
