import { createHash } from "node:crypto";

import { isJsonObject } from "../lib/index.js";

/** That an account pauses, or that its reasons were written. */
export interface AccountEvent {
  readonly kind: "pause" | "change";
  /** The digest of the account. */
  readonly account: string;
  /** How long a pause still lasts, in milliseconds: the clocks of the copies may differ. 0 for a change. */
  readonly forMs: number;
  /** The copy that tells it. */
  readonly from: string;
}

/** How many upstream calls a copy has had to make of late. */
export interface CallsEvent {
  readonly kind: "calls";
  /** By the digest of the account. */
  readonly calls: readonly (readonly [account: string, calls: number])[];
  readonly from: string;
}

/** What one copy tells the others. */
export type SharedEvent = AccountEvent | CallsEvent;

/** A longer message is none of ours. */
const maxMessageLength = 32_768;

/** More calls than any copy makes between two beats. */
const maxCalls = 1_000_000;

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
  const { kind, from } = value;
  if (typeof from !== "string" || !senderPattern.test(from)) return undefined;
  if (kind === "calls") return callsIn(from, value["calls"]);
  return kind === "pause" || kind === "change" ? accountEventIn(kind, from, value) : undefined;
}

function accountEventIn(
  kind: AccountEvent["kind"],
  from: string,
  { account, forMs }: Readonly<Record<string, unknown>>,
): AccountEvent | undefined {
  return isDigest(account) && isAmount(forMs) ? { kind, account, forMs, from } : undefined;
}

function callsIn(from: string, calls: unknown): CallsEvent | undefined {
  return Array.isArray(calls) && calls.every(isCallsOfAccount) ? { kind: "calls", calls, from } : undefined;
}

function isCallsOfAccount(value: unknown): value is [string, number] {
  return (
    Array.isArray(value) &&
    value.length === 2 &&
    isDigest(value[0]) &&
    isAmount(value[1]) &&
    value[1] <= maxCalls
  );
}

export function isDigest(value: unknown): value is string {
  return typeof value === "string" && digestPattern.test(value);
}

function isAmount(value: unknown): value is number {
  return typeof value === "number" && value >= 0;
}

/** What stands for an account, or a caller, in keys and messages. The same for copies with the same prefix, and no other. */
export function sharedDigest(prefix: string, id: string): string {
  return createHash("sha256").update(`${prefix}\0${id}`).digest("base64url").slice(0, 22);
}
