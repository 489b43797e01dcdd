import { createHmac, randomBytes } from "node:crypto";

/** On whose behalf a call is made, as far as callers are told apart where calls are limited. */
export interface Caller {
  readonly accountId: string;
  /** The caller's `Authorization` header; "" where the gateway calls with credentials of its own for everybody. */
  readonly credential: string;
}

/** Whether two calls are one caller's: callers are told apart by their credential, or else by their account. */
export function isSameCaller(one: Caller, other: Caller): boolean {
  if (one.credential !== other.credential) return false;
  return one.credential !== "" || one.accountId === other.accountId;
}

const secret = randomBytes(32);

/** What stands for a caller in a map: no credential can be found out from it. Costs 3 µs, so not for every call. */
export function callerKey({ accountId, credential }: Caller): string {
  if (credential === "") return accountId;
  return createHmac("sha256", secret).update(credential).digest("base64url");
}

/** What stands in a map for a caller at one of the accounts that it calls for. */
export function callerAtAccountKey(caller: Caller): string {
  return `${caller.accountId} ${callerKey(caller)}`;
}
