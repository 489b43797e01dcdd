import { createHmac, randomBytes } from "node:crypto";

/** On whose behalf a call is made, as far as callers are told apart where calls are limited. */
export interface Caller {
  readonly accountId: string;
  /** The caller's own `Authorization` header, also where the upstream is shown another. */
  readonly credential: string;
  /** Whether the upstream is shown credentials of the gateway's own, whoever calls. */
  readonly isGateways: boolean;
}

/**
 * Whether two calls are one caller's where calls are limited: callers are told apart by their credential. Where the
 * gateway calls for everybody, one credential may be a whole application's, so there its accounts are told apart too.
 */
export function isSameCaller(one: Caller, other: Caller): boolean {
  if (one.credential !== other.credential) return false;
  return !one.isGateways || one.accountId === other.accountId;
}

const secret = randomBytes(32);

/** What stands for a credential in a map: it cannot be found out from it. Costs 3 µs, so not for every call. */
export function credentialKey({ credential }: Caller): string {
  return createHmac("sha256", secret).update(credential).digest("base64url");
}

/** The same for those who are {@link isSameCaller}. */
export function callerKey(caller: Caller): string {
  return caller.isGateways ? callerAtAccountKey(caller) : credentialKey(caller);
}

/** What stands in a map for a caller at one of the accounts that it calls for. */
export function callerAtAccountKey(caller: Caller): string {
  return `${caller.accountId} ${credentialKey(caller)}`;
}
