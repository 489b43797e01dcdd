import { createHash } from "node:crypto";

import { isJsonObject } from "../lib/index.js";

/** What one copy tells the others. */
export interface SharedEvent {
  readonly kind: "pause" | "change";
  /** The digest of the account. */
  readonly account: string;
  /** How long a pause still lasts, in milliseconds: the clocks of the copies may differ. 0 for a change. */
  readonly forMs: number;
  /** The copy that tells it. */
  readonly from: string;
}

/** A longer message is none of ours. */
const maxMessageLength = 500;

const digestPattern = /^[\w-]{22}$/;
const senderPattern = /^[\w-]{1,64}$/;

export function encodeEvent(event: SharedEvent): string {
  return JSON.stringify(event);
}

/** @returns undefined for anything else than an event: whoever reaches the Redis can publish */
export function decodeEvent(message: string): SharedEvent | undefined {
  if (message.length > maxMessageLength) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(message);
  } catch {
    return undefined;
  }
  if (!isJsonObject(value)) return undefined;
  const { kind, account, forMs, from } = value;
  const isEvent =
    (kind === "pause" || kind === "change") &&
    typeof account === "string" &&
    digestPattern.test(account) &&
    typeof from === "string" &&
    senderPattern.test(from) &&
    typeof forMs === "number" &&
    forMs >= 0;
  return isEvent ? { kind, account, forMs, from } : undefined;
}

/** What stands for an account in keys and messages. The same for copies with the same prefix, and no other. */
export function accountDigest(prefix: string, accountId: string): string {
  return createHash("sha256").update(`${prefix}\0${accountId}`).digest("base64url").slice(0, 22);
}
