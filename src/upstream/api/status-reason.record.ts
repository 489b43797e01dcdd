import { decodeAgentState, encodeAgentState } from "./agent-state.js";
import type { AgentState, KnownAgentState } from "./agent-state.js";
import { decodeId, freezeDeep, isJsonObject } from "../../lib/index.js";
import type { NewStatusReasonWire } from "../../wire/index.js";

/** A status reason of one account. Frozen: requests may share it. */
export interface StatusReasonRecord {
  readonly accountId: string;
  /** The exact decimal digits of a 64-bit id. */
  readonly id: string;
  readonly text: string;
  readonly state: AgentState;
  readonly enabled: boolean;
  readonly deleted: boolean;
  /**
   * Every attribute the upstream sent, in its spelling: an update must send the whole object back, and
   * what this gateway does not know must not be lost on the way.
   */
  readonly attributes: Readonly<Record<string, unknown>>;
}

export interface NewStatusReason {
  readonly text: string;
  readonly state: KnownAgentState;
  readonly enabled: boolean;
}

/** What an update changes; what is left out stays. */
export type StatusReasonChange = Partial<NewStatusReason>;

/** One status reason as JSON; undefined where it is not what the contract says. */
export function decodeStatusReason(accountId: string, wire: unknown): StatusReasonRecord | undefined {
  if (!isJsonObject(wire)) return undefined;
  const { text, state } = wire;
  const id = decodeId(wire["id"]);
  const enabled = decodeFlag(wire["enabled"]);
  const deleted = decodeFlag(wire["deleted"]);
  const isOnContract =
    id !== undefined &&
    typeof text === "string" &&
    typeof state === "string" &&
    enabled !== undefined &&
    deleted !== undefined;
  if (!isOnContract || !freezeDeep(wire)) return undefined;
  const known = { accountId, id, text, state: decodeAgentState(state), enabled, deleted };
  return Object.freeze({ ...known, attributes: wire });
}

/** A JSON array of status reasons; undefined where any part of it is not what the contract says. */
export function decodeStatusReasons(
  accountId: string,
  wire: unknown,
): readonly StatusReasonRecord[] | undefined {
  if (!Array.isArray(wire)) return undefined;
  const records: StatusReasonRecord[] = [];
  for (const item of wire) {
    const record = decodeStatusReason(accountId, item);
    if (record === undefined) return undefined;
    records.push(record);
  }
  return Object.freeze(records);
}

/** What a create sends. */
export function encodeNewStatusReason({ text, state, enabled }: NewStatusReason): NewStatusReasonWire {
  return { text, state: encodeAgentState(state), enabled };
}

/** What an update sends: the whole object with the changes in it, the id as a number. */
export function encodeStatusReason(
  record: StatusReasonRecord,
  change: StatusReasonChange,
): Record<string, unknown> {
  const { state, ...plain } = change;
  return {
    ...record.attributes,
    ...plain,
    ...(state === undefined ? {} : { state: encodeAgentState(state) }),
    id: BigInt(record.id),
  };
}

/** The text by which the upstream compares reasons: two texts with the same key are duplicates. */
export function textKey(text: string): string {
  return text.trim().normalize("NFC");
}

/** A boolean the upstream leaves out, as it may where an update dropped it, is not set. */
function decodeFlag(wire: unknown): boolean | undefined {
  return typeof wire === "boolean" ? wire : wire === undefined || wire === null ? false : undefined;
}
