import { z } from "zod";

import { gatewayRefused } from "./credentials/credentials.js";
import type { UpstreamResponse } from "./request.js";
import { faultOfStatus } from "./fault.js";
import type { Loaded } from "./refreshing-cache.js";
import { decodeRetryAfter } from "./retry-after.js";
import { tokenAnswer } from "./service-client.js";
import type { ServiceClient } from "./service-client.js";
import type { LookupContext } from "./service-directory.js";
import { UpstreamError } from "./upstream-error.js";

/** Getting a token changes nothing that a caller would notice. */
export const getAccessToken = {
  service: "sentinel",
  operation: "getAccessToken",
  intent: "read",
} as const;

/** The client credentials of an OAuth 2.0 API key. */
export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Short enough to be right for a token whose lifetime is not told; a 401 tells when it is too long. */
const defaultLifetimeSeconds = 300;

const accessToken = z.object({
  access_token: z.string().regex(/^[\x21-\x7e]+$/),
  expires_in: z.coerce.number().positive().default(defaultLifetimeSeconds),
});

/** Exchanges client credentials for an access token (RFC 6749, 4.4). */
export class AccessTokenApi {
  constructor(private readonly services: ServiceClient) {}

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
    return decode(response);
  }
}

function decode(response: UpstreamResponse): Loaded<string> {
  const { status, headers } = response;
  if (status !== 200) {
    // Token services also say 400 (RFC 6749, 5.2) or 403 to a client they do not know.
    const isRefused = [400, 401, 403].includes(status);
    throw new UpstreamError(isRefused ? "unauthenticated" : faultOfStatus(status), getAccessToken, {
      status,
      explanation: isRefused ? gatewayRefused : undefined,
      retryAfterSeconds: status === 429 ? decodeRetryAfter(headers["retry-after"]) : undefined,
    });
  }
  const decoded = accessToken.safeParse(tokenAnswer(response));
  if (!decoded.success) throw new UpstreamError("invalid-response", getAccessToken, { status });
  const { access_token: value, expires_in: seconds } = decoded.data;
  return { value, lifetimeMs: seconds * 1000 };
}
