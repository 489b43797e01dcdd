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
   * All attributes that the upstream sent, in its spelling: an update sends the whole object back, and must keep
   * attributes that are unknown here.
   */
  readonly attributes: Readonly<Record<string, unknown>>;
}

export interface NewStatusReason {
  readonly text: string;
  readonly state: KnownAgentState;
  readonly enabled: boolean;
}

/** The changes of an update; attributes that are left out stay. */
export type StatusReasonChange = Partial<NewStatusReason>;

/** Decodes one status reason; undefined where it is not what the contract says. */
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

/** Decodes an array of status reasons; undefined where any of them is not what the contract says. */
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

/** The wire form of a create. */
export function encodeNewStatusReason({ text, state, enabled }: NewStatusReason): NewStatusReasonWire {
  return { text, state: encodeAgentState(state), enabled };
}

/** The wire form of an update: the whole object with the changes, the id as a number. */
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

/** A missing flag is false: an update by another client may have dropped it. */
function decodeFlag(wire: unknown): boolean | undefined {
  return typeof wire === "boolean" ? wire : wire === undefined || wire === null ? false : undefined;
}
