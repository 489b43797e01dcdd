import * as z from "zod";

import {
  decodeLookupPause,
  faultOfStatus,
  gatewayRefused,
  parseTokenResponse,
  tokenPattern,
  UpstreamError,
} from "../http/index.js";
import { getAccessToken } from "../access/index.js";
import type { ClientCredentials, Loaded, TokenIssuer } from "../access/index.js";
import type { LookupContext, ServiceClient, UpstreamResponse } from "../http/index.js";

/** The lifetime of a token that comes without one; a 401 renews the token where it is too long. */
const defaultLifetimeMs = 300_000;

const accessToken = z.object({
  access_token: z.string().regex(tokenPattern),
  /** A number, perhaps in quotes; any other value is ignored. */
  expires_in: z
    .union([
      z.number(),
      z
        .string()
        .regex(/^-?\d+$/)
        .transform(Number),
    ])
    .optional()
    .catch(undefined),
});

/** Exchanges client credentials for an access token (RFC 6749, 4.4). */
export class AccessTokenApi implements TokenIssuer {
  /** @param now epoch milliseconds */
  constructor(
    private readonly services: ServiceClient,
    private readonly now: () => number = Date.now,
  ) {}

  /** @throws UpstreamError `unauthenticated` where the client is refused */
  async issue(
    context: LookupContext,
    accountId: string,
    { clientId, clientSecret }: ClientCredentials,
  ): Promise<Loaded<string>> {
    const response = await this.services.post(context, {
      ...getAccessToken,
      accountId,
      path: `/sentinel/api/account/${encodeURIComponent(accountId)}/app/token?v=2.0`,
      contentType: "application/x-www-form-urlencoded",
      body: new URLSearchParams({
        client_id: clientId,
        client_secret: clientSecret,
        grant_type: "client_credentials",
      }).toString(),
      success: [200],
    });
    return decode(response, this.now());
  }
}

function decode(response: UpstreamResponse, nowMs: number): Loaded<string> {
  const { status, headers } = response;
  if (status !== 200) {
    // Token services also say 400 (RFC 6749, 5.2) or 403 to a client they do not know.
    const isRefused = [400, 401, 403].includes(status);
    throw new UpstreamError(isRefused ? "unauthenticated" : faultOfStatus(status), getAccessToken, {
      status,
      explanation: isRefused ? gatewayRefused : undefined,
      retryAfterSeconds: status === 429 ? decodeLookupPause(headers["retry-after"]) : undefined,
    });
  }
  const decoded = accessToken.safeParse(parseTokenResponse(response));
  if (!decoded.success) throw new UpstreamError("invalid-response", getAccessToken, { status });
  const { access_token: value, expires_in: seconds = Infinity } = decoded.data;
  const knownMs = Math.min(seconds * 1000, (expiryOf(value) ?? Infinity) - nowMs);
  if (knownMs <= 0) throw new UpstreamError("invalid-response", getAccessToken, { status });
  return { value, lifetimeMs: knownMs === Infinity ? defaultLifetimeMs : knownMs };
}

const claims = z.object({ exp: z.number().positive() });

/**
 * When a JSON Web Token says that it expires (RFC 7519, 4.1.4).
 *
 * @returns epoch milliseconds; undefined where the token is of another kind, or has no expiry
 */
function expiryOf(token: string): number | undefined {
  const [, payload = ""] = token.split(".");
  try {
    return claims.parse(JSON.parse(Buffer.from(payload, "base64url").toString())).exp * 1000;
  } catch {
    return undefined;
  }
}
