import type { Caller } from "./caller.js";

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
