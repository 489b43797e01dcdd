import type { Logger } from "../../../observability/index.js";
import type {
  Authorization,
  AuthorizedRequest,
  Credentials,
  LookupContext,
  CallContext,
} from "../../http/index.js";
import { pauseOf, RefreshingCache } from "../refreshing-cache.js";
import type { Loaded } from "../refreshing-cache.js";
import { gatewayRefused, UpstreamError } from "../../http/index.js";
import type { GatewayKeys } from "./caller-access.js";

/** A read: getting a token twice does no harm, so it may be retried. */
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

/** Issues access tokens for client credentials. */
export interface TokenIssuer {
  /** @throws UpstreamError `unauthenticated` where the client is refused */
  issue(context: LookupContext, accountId: string, client: ClientCredentials): Promise<Loaded<string>>;
}

/** Far more accounts than one client has. */
const capacity = 10_000;

export interface Oauth2Options {
  readonly tokens: TokenIssuer;
  readonly client: ClientCredentials;
  readonly keys: GatewayKeys;
  /** How long getting a token may take, in milliseconds. */
  readonly timeoutMs: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly logger: Logger;
}

/** Calls with the access tokens of an OAuth 2.0 client of the gateway; one token is cached for each account. */
export function oauth2Credentials(options: Oauth2Options): Credentials {
  const { tokens, client, keys, timeoutMs, now, logger } = options;
  const kept = new RefreshingCache<string>({
    operation: getAccessToken,
    capacity,
    timeoutMs,
    now,
    // A token that has expired or was refused is never used again, even if no new one can be had.
    outlives: (_error, standing) => standing === "current",
    refusalOf: pauseOf,
  });
  const tokenOf = (context: LookupContext, accountId: string): Promise<string> =>
    kept.get(accountId, context, async (loading) => {
      const { requestId, authorization } = context;
      try {
        return await tokens.issue({ requestId, authorization, ...loading }, accountId, client);
      } catch (error) {
        if (error instanceof UpstreamError) {
          logger.warn({ requestId, accountId, fault: error.fault, status: error.status }, "no access token");
        }
        throw error;
      }
    });
  const authorize = async (call: CallContext, { accountId }: AuthorizedRequest): Promise<Authorization> => {
    const token = await tokenOf(call, accountId);
    const isOutdated = (): boolean => kept.isOutdated(accountId, token);
    return { header: `Bearer ${token}`, secrets: [token], isOutdated };
  };
  const checkCaller: Credentials["checkCaller"] = (call, operation) => {
    keys.check(call, operation);
  };
  return {
    isOwn: true,
    checkCaller,
    checkAccess: checkCaller,
    authorize,
    renew: (call, request, { secrets: [refused = ""] }) => {
      kept.suspect(request.accountId, refused);
      return authorize(call, request);
    },
    refusal: gatewayRefused,
  };
}
