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

/** A power of two; at most one credential a slot, and the last one to work has it. */
const slotCount = 4096;

/** Longer ones are not remembered: what is kept is 16 MiB at the very most. */
const maxCredentialLength = 4096;

/** How much of the end of a credential chooses its slot: what tokens of one issuer begin with is the same. */
const hashedLength = 16;

/**
 * Which credentials have worked at which accounts: what strangers can name without end is told from what the upstream
 * has accepted. They are compared as they are, so that there is no key that a token would be a part of. Hot path: a
 * table of fixed size, since a digest for each call would cost 3 µs.
 */
export class WorkedCredentials {
  readonly #slots = new Array<Caller | undefined>(slotCount).fill(undefined);

  /** Notes that the upstream accepted the caller. */
  note(caller: Caller): void {
    const slot = slotOf(caller);
    if (isSame(this.#slots[slot], caller) || caller.credential.length > maxCredentialLength) return;
    this.#slots[slot] = caller;
  }

  /** Whether the caller's credential is known to have worked at the account; a few that have are forgotten. */
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
