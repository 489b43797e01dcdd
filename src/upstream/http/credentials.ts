import type { CallContext } from "./call-context.js";
import type { UpstreamOperation } from "./upstream-error.js";

/** A value for the `Authorization` header. */
export interface Authorization {
  readonly header: string;
  /** The parts of it that must not get out with a message of the upstream's. */
  readonly secrets: readonly string[];
  /** Whether it is known by now that the upstream would refuse it, such as an access token that has expired. */
  readonly isOutdated?: () => boolean;
}

/** What is about to be asked of the upstream, and for which account. */
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

/** Whose name the upstream is called in, and who may have it called. */
export interface Credentials {
  /** Whether they are the gateway's own, the same for all callers, and not the caller's. */
  readonly isOwn: boolean;
  /**
   * Checks who calls, whatever account is asked for.
   *
   * @throws UpstreamError `unauthenticated`
   */
  readonly identify: (call: CallContext, operation: UpstreamOperation) => void;
  /**
   * Checks who calls and for which account, before anything is sent or looked up.
   *
   * @throws UpstreamError `unauthenticated` or `forbidden`
   */
  readonly admit: (call: CallContext, operation: AccountOperation) => void;
  /** The authorization for one request, sent once. */
  authorize(call: CallContext, request: AuthorizedRequest): Authorization | Promise<Authorization>;
  /** Another authorization in place of one that the upstream refused with a 401, where there can be one. */
  renew?(call: CallContext, request: AuthorizedRequest, refused: Authorization): Promise<Authorization>;
  /** What a caller is told of a 401 that is not the caller's own doing. */
  readonly refusal?: string;
}

/** What a caller is told where the upstream refused what the gateway itself presented. */
export const gatewayRefused = "The upstream did not accept the gateway's own credentials.";
