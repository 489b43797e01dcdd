import { UpstreamError } from "../../http/index.js";
import { bearerToken, isBearer } from "./bearer.js";
import type { Authorization, Credentials } from "../../http/index.js";

const oauth1Explanation =
  "An OAuth 1.0 signature covers the method and the URL of one request, so it cannot be passed on: " +
  "send a bearer token.";

const identify: Credentials["identify"] = ({ authorization }, operation) => {
  if (isBearer(authorization)) return;
  const isOAuth1 = /^OAuth\b/i.test(authorization ?? "");
  throw new UpstreamError("unauthenticated", operation, {
    explanation: isOAuth1 ? oauth1Explanation : undefined,
  });
};

/** The caller's own bearer token, passed on unchanged. */
export const callerCredentials: Credentials = {
  isOwn: false,
  identify,
  admit: identify,
  authorize: ({ authorization = "" }) => new CallerAuthorization(authorization),
};

class CallerAuthorization implements Authorization {
  constructor(readonly header: string) {}

  /** Read only where there is a message that it could be in. */
  get secrets(): readonly string[] {
    const token = bearerToken(this.header);
    return token === undefined ? [] : [token];
  }
}
