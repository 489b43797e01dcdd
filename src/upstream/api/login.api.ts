import * as z from "zod";

import type { LookupContext, ServiceClient, UpstreamResponse } from "../http/index.js";
import {
  decodeRetryAfter,
  faultOfStatus,
  parseTokenResponse,
  tokenPattern,
  UpstreamError,
} from "../http/index.js";
import { stringifyJson } from "../../lib/index.js";
import type { LoginWire } from "../../wire/index.js";

const login = { service: "agentVep", operation: "login", intent: "read" } as const;

/** The vendor's advice for a login that is refused with a 429. */
const leastPauseSeconds = 5;

const bearer = z.object({ bearer: z.string().regex(tokenPattern) });

/** The login service, for people: user name and password for a bearer token. */
export class LoginApi {
  constructor(private readonly services: ServiceClient) {}

  /**
   * @returns the bearer token
   * @throws UpstreamError with the status, where there was a response
   */
  async login(context: LookupContext, accountId: string, credentials: LoginWire): Promise<string> {
    const response = await this.services.post(context, {
      ...login,
      accountId,
      path: `/api/account/${encodeURIComponent(accountId)}/login?v=1.3`,
      contentType: "application/json",
      body: stringifyJson(credentials),
      success: [200],
    });
    if (response.status !== 200) throw refusal(response);
    const decoded = bearer.safeParse(parseTokenResponse(response));
    if (!decoded.success) throw new UpstreamError("invalid-response", login, { status: response.status });
    return decoded.data.bearer;
  }
}

function refusal({ status, headers }: UpstreamResponse): UpstreamError {
  // 451 is specific to the login service: the user may not log in, even with the right password.
  const fault = status === 451 ? "forbidden" : faultOfStatus(status);
  const retryAfterSeconds =
    status === 429 ? Math.max(leastPauseSeconds, decodeRetryAfter(headers["retry-after"])) : undefined;
  return new UpstreamError(fault, login, { status, retryAfterSeconds });
}
