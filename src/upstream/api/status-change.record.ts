import { AgentState } from "./agent-state.js";
import { intOf, reasonIdOf, textOf } from "./record-fields.js";
import { decodeId, isJsonObject } from "../../lib/index.js";

/** What a record of an agent's history says. UNKNOWN: the upstream sent another value. */
export const StatusChangeKind = {
  CHANGE: "CHANGE",
  LOGIN: "LOGIN",
  LOGOUT: "LOGOUT",
  UNKNOWN: "UNKNOWN",
} as const;

export type StatusChangeKind = (typeof StatusChangeKind)[keyof typeof StatusChangeKind];

/** One change of an agent's status. Parts that are missing or unknown are null. */
export interface StatusChangeRecord {
  readonly accountId: string;
  readonly at: Date;
  readonly kind: StatusChangeKind;
  readonly state: AgentState;
  /** null: the agent gave no reason. */
  readonly reasonId: string | null;
  /** The reason's text at that time. */
  readonly reasonText: string | null;
  /** When the agent's change before this one was. */
  readonly previousAt: Date | null;
  /** Exact decimal digits. */
  readonly sessionId: string | null;
  readonly sequenceNumber: number | null;
}

const kinds = new Map<unknown, StatusChangeKind>([
  [1, StatusChangeKind.CHANGE],
  [3, StatusChangeKind.LOGIN],
  [4, StatusChangeKind.LOGOUT],
]);

const states = new Map<unknown, AgentState>([
  [1, AgentState.OFFLINE],
  [2, AgentState.ONLINE],
  [3, AgentState.OCCUPIED],
  [4, AgentState.AWAY],
]);

/**
 * Decodes one change of an agent. Other invalid parts become null.
 *
 * @returns undefined where it has no time, or is another agent's
 */
export function decodeStatusChange(
  accountId: string,
  agentId: string,
  wire: unknown,
): StatusChangeRecord | undefined {
  if (!isJsonObject(wire) || decodeId(wire["agentId"]) !== agentId) return undefined;
  const at = timeOf(wire["time"]);
  if (at === null) return undefined;
  const reasonText = textOf(wire["statusReasonText"]);
  const kind = kinds.get(codeOf(wire["statusType"])) ?? StatusChangeKind.UNKNOWN;
  return {
    accountId,
    at,
    kind,
    state: stateOf(kind, wire["statusSubType"]),
    reasonId: reasonIdOf(wire["statusReasonId"]),
    reasonText: reasonText === "" ? null : reasonText,
    previousAt: timeOf(wire["prevStatusChangeTime"]),
    // -1: the upstream does not know the session of a login and of the state that follows it.
    sessionId: decodeId(wire["sessionId"]) ?? null,
    sequenceNumber: intOf(wire["sequenceNumber"]),
  };
}

/** The place of a change among those of an agent. */
export type ChangePosition = Pick<StatusChangeRecord, "at" | "sequenceNumber" | "sessionId">;

/** Orders changes by time and, of the same time, by sequence number: a login is -1, the state after it 1. */
export function compareChanges(one: ChangePosition, other: ChangePosition): number {
  return (
    one.at.getTime() - other.at.getTime() ||
    compare(one.sequenceNumber ?? -Infinity, other.sequenceNumber ?? -Infinity) ||
    compare(one.sessionId ?? "", other.sessionId ?? "")
  );
}

function compare<T extends number | string>(one: T, other: T): number {
  return one < other ? -1 : Number(one > other);
}

/** The upstream says nothing of the state of a logout, which is known all the same. */
function stateOf(kind: StatusChangeKind, subType: unknown): AgentState {
  if (kind === StatusChangeKind.LOGOUT) return AgentState.OFFLINE;
  return states.get(codeOf(subType)) ?? AgentState.UNKNOWN;
}

/** Codes are numbers; sister APIs send numbers as strings too. */
function codeOf(wire: unknown): unknown {
  return typeof wire === "string" && /^\d$/.test(wire) ? Number(wire) : wire;
}

/** RFC 3339, with the seconds optional: the documentation's examples leave them out. */
const timePattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/i;

function timeOf(wire: unknown): Date | null {
  if (typeof wire !== "string" || !timePattern.test(wire)) return null;
  const date = new Date(wire.toUpperCase());
  return Number.isNaN(date.getTime()) ? null : date;
}
