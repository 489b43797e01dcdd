import { createHmac, randomBytes } from "node:crypto";

/** Identifies a caller where calls are limited. */
export interface Caller {
  readonly accountId: string;
  /** The caller's own `Authorization` header, also where the upstream is shown another. */
  readonly credential: string;
  /** Whether the upstream is called with the gateway's own credentials. */
  readonly isGateways: boolean;
}

/**
 * Whether two callers count as one where calls are limited: they have the same credential. Where the gateway has
 * credentials of its own, one key may be a whole application's, so its accounts count as callers of their own.
 */
export function isSameCaller(one: Caller, other: Caller): boolean {
  if (one.credential !== other.credential) return false;
  return !one.isGateways || one.accountId === other.accountId;
}

const secret = randomBytes(32);

/** The key of a credential in a map: a digest, which does not reveal it. Too slow for every call. */
export function credentialKey({ credential }: Caller): string {
  return createHmac("sha256", secret).update(credential).digest("base64url");
}

/** Equal for callers that are {@link isSameCaller}. */
export function callerKey(caller: Caller): string {
  return caller.isGateways ? callerAtAccountKey(caller) : credentialKey(caller);
}

/** The key of a caller at one account in a map. */
export function callerAtAccountKey(caller: Caller): string {
  return `${caller.accountId} ${credentialKey(caller)}`;
}

/** A power of two; a slot holds the last credential that worked. */
const slotCount = 4096;

/** Longer ones are not kept: the table takes 16 MiB at most. */
const maxCredentialLength = 4096;

/** How many characters of the end of a credential are hashed: tokens of one issuer start alike. */
const hashedLength = 16;

/**
 * Which credentials the upstream has accepted at which accounts, to tell them from the any number that strangers can
 * make up. Hot path: a hash table of fixed size that compares credentials directly, without a digest for each call.
 */
export class WorkedCredentials {
  readonly #slots = new Array<Caller | undefined>(slotCount).fill(undefined);

  /** Notes that the upstream accepted the caller. */
  note(caller: Caller): void {
    const slot = slotOf(caller);
    if (isSame(this.#slots[slot], caller) || caller.credential.length > maxCredentialLength) return;
    this.#slots[slot] = caller;
  }

  /** Whether the caller's credential has worked at the account; false for those that another one has replaced. */
  has(caller: Caller): boolean {
    return isSame(this.#slots[slotOf(caller)], caller);
  }
}

function isSame(known: Caller | undefined, { accountId, credential }: Caller): boolean {
  return known?.accountId === accountId && known.credential === credential;
}

function slotOf({ accountId, credential }: Caller): number {
  let hash = 0;
  for (let index = 0; index < accountId.length; index += 1)
    hash = (hash * 31 + accountId.charCodeAt(index)) | 0;
  for (let index = Math.max(0, credential.length - hashedLength); index < credential.length; index += 1) {
    hash = (hash * 31 + credential.charCodeAt(index)) | 0;
  }
  return (hash ^ (hash >>> 15)) & (slotCount - 1);
}
