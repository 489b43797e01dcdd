import type { CallContext } from "./call-context.js";
import type { UpstreamOperation } from "./upstream-error.js";

const visibleAscii = "[\\x21-\\x7e]+";

/** A bearer token. */
export const tokenPattern = new RegExp(`^${visibleAscii}$`);

/** An `Authorization` header with a bearer token (RFC 6750), which is the first group. */
export const bearerPattern = new RegExp(`^Bearer +(${visibleAscii})$`, "i");

/** A value for the `Authorization` header. */
export interface Authorization {
  readonly header: string;
  /** The parts of it that must not appear in an error message. */
  readonly secrets: readonly string[];
  /** Whether the upstream would refuse it by now, because its access token has expired or was replaced. */
  readonly isOutdated?: () => boolean;
}

/** An upstream operation on one account. */
export interface AccountOperation extends UpstreamOperation {
  readonly accountId: string;
}

/** The request that an authorization is for. */
export interface AuthorizedRequest {
  readonly accountId: string;
  readonly method: string;
  /** Origin, path and query, as sent. */
  readonly url: string;
}

/** Decides who may call the upstream, and with which authorization. */
export interface Credentials {
  /** Whether they are the gateway's own, the same for all callers. */
  readonly isOwn: boolean;
  /**
   * Checks who calls, for any account.
   *
   * @throws UpstreamError `unauthenticated`
   */
  readonly checkCaller: (call: CallContext, operation: UpstreamOperation) => void;
  /**
   * Checks who calls and for which account, before anything is sent or looked up.
   *
   * @throws UpstreamError `unauthenticated` or `forbidden`
   */
  readonly checkAccess: (call: CallContext, operation: AccountOperation) => void;
  /** The authorization for one request, sent once. */
  authorize(call: CallContext, request: AuthorizedRequest): Authorization | Promise<Authorization>;
  /** Replaces an authorization that the upstream refused with a 401. */
  renew?(call: CallContext, request: AuthorizedRequest, refused: Authorization): Promise<Authorization>;
  /** The explanation of a 401 that the caller did not cause. */
  readonly refusal?: string;
}

/** The explanation where the upstream refused the gateway's own credentials. */
export const gatewayRefused = "The upstream did not accept the gateway's own credentials.";
