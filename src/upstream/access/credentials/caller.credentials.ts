import { UpstreamError } from "../../http/index.js";
import { bearerToken, isBearer } from "./caller-access.js";
import type { Authorization, Credentials } from "../../http/index.js";

const neededHeader = "send `Authorization: Bearer <token>`.";

const missingExplanation = `The Authorization header is missing: ${neededHeader}`;

const otherExplanation = `The Authorization header holds no bearer token: ${neededHeader}`;

const oauth1Explanation =
  "An OAuth 1.0 signature covers the method and the URL of one request, so it cannot be passed on: " +
  "send a bearer token.";

const checkCaller: Credentials["checkCaller"] = ({ authorization }, operation) => {
  if (isBearer(authorization)) return;
  throw new UpstreamError("unauthenticated", operation, { explanation: explanationFor(authorization) });
};

function explanationFor(authorization: string | undefined): string {
  if (authorization === undefined) return missingExplanation;
  return /^OAuth\b/i.test(authorization) ? oauth1Explanation : otherExplanation;
}

/** Passes on the caller's own bearer token, unchanged. */
export const callerCredentials: Credentials = {
  isOwn: false,
  checkCaller,
  checkAccess: checkCaller,
  authorize: ({ authorization = "" }) => new CallerAuthorization(authorization),
};

class CallerAuthorization implements Authorization {
  constructor(readonly header: string) {}

  /** Computed on demand: needed for refused requests only. */
  get secrets(): readonly string[] {
    const token = bearerToken(this.header);
    return token === undefined ? [] : [token];
  }
}
