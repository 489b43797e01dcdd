import { decodeAgentState } from "./agent-state.js";
import type { AgentState } from "./agent-state.js";
import { decodeTime } from "./agent-time.record.js";
import type { AgentTimeRecord } from "./agent-time.record.js";
import { intOf, numberOf, reasonIdOf, textOf } from "./record-fields.js";
import type { JsonObject } from "./record-fields.js";
import { decodeId, isJsonObject } from "../../lib/index.js";

/**
 * One agent as the agent view shows it. Parts that were not asked for, or are unknown, are null. Frozen: requests may
 * share it.
 */
export interface AgentRecord {
  readonly accountId: string;
  /** The exact decimal digits of a 64-bit id. */
  readonly id: string;
  /** null: the agent is not in the view. */
  readonly status: AgentStatusRecord | null;
  readonly name: string | null;
  readonly nickname: string | null;
  readonly loginName: string | null;
  readonly pictureUrl: string | null;
  readonly group: NamedRecord | null;
  readonly skills: readonly NamedRecord[];
  /** How the agent spent the time of the view's window; null: not in the view; undefined: not asked for. */
  readonly time?: AgentTimeRecord | null | undefined;
}

export interface AgentStatusRecord {
  readonly accountId: string;
  readonly state: AgentState;
  readonly since: Date | null;
  /** null: the agent gives no reason. */
  readonly reasonId: string | null;
  readonly reasonSince: Date | null;
  readonly load: number | null;
  readonly activeConversations: number | null;
  readonly assignedConversations: number | null;
  readonly maxSlots: number | null;
  readonly availableSlots: number | null;
}

/** A group or a skill. */
export interface NamedRecord {
  readonly accountId: string;
  readonly id: string;
  readonly name: string | null;
}

const noSkills: readonly NamedRecord[] = Object.freeze([]);
const noMetadata: JsonObject = {};

const maxTime = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/**
 * Decodes one record of the view; undefined where it has no id. Other invalid parts become null.
 *
 * @param withTime whether durations were asked for
 */
export function decodeAgent(accountId: string, wire: unknown, withTime: boolean): AgentRecord | undefined {
  if (!isJsonObject(wire)) return undefined;
  const id = decodeId(wire["agentId"]);
  return id === undefined ? undefined : agentOf(accountId, id, wire, withTime);
}

/** An agent that the view does not show. */
export function unseenAgent(accountId: string, id: string): AgentRecord {
  const nobody = { name: null, nickname: null, loginName: null, pictureUrl: null };
  return Object.freeze({ accountId, id, status: null, ...nobody, group: null, skills: noSkills, time: null });
}

function agentOf(accountId: string, id: string, wire: JsonObject, withTime: boolean): AgentRecord {
  const metadata = isJsonObject(wire["agentMetadata"]) ? wire["agentMetadata"] : noMetadata;
  // Hot path: frozen part by part, because freezing deeply costs as much as decoding.
  return Object.freeze({
    accountId,
    id,
    status: statusOf(accountId, wire),
    name: textOf(metadata["agentName"]),
    nickname: textOf(metadata["agentNickname"]),
    loginName: textOf(metadata["agentLoginName"]),
    pictureUrl: textOf(metadata["agentPictureUrl"]),
    group: namedOf(accountId, wire["agentGroupId"], metadata["agentGroupName"]),
    skills: skillsOf(accountId, metadata["agentSkills"]),
    time: withTime ? decodeTime(accountId, wire) : undefined,
  });
}

function statusOf(accountId: string, wire: JsonObject): AgentStatusRecord {
  return Object.freeze({
    accountId,
    state: decodeAgentState(textOf(wire["agentCurrentStatus"]) ?? ""),
    since: dateOf(wire["agentCurrentStatusStartTime"]),
    // The documentation's table and its example disagree about the name.
    reasonId: reasonIdOf(wire["agentCurrentStatusReasonId"] ?? wire["agentCurrentStatusReason"]),
    reasonSince: dateOf(wire["agentCurrentStatusReasonStartTime"]),
    load: numberOf(wire["agentLoad"]),
    activeConversations: intOf(wire["activeConversations"]),
    assignedConversations: intOf(wire["assignedConversations"]),
    maxSlots: intOf(wire["maxSlots"]),
    availableSlots: intOf(wire["availableSlots"]),
  });
}

function skillsOf(accountId: string, wire: unknown): readonly NamedRecord[] {
  if (!Array.isArray(wire)) return noSkills;
  const skills = wire.flatMap((skill: unknown) =>
    isJsonObject(skill) ? (namedOf(accountId, skill["skillId"], skill["skillName"]) ?? []) : [],
  );
  return Object.freeze(skills);
}

/** Groups have negative ids too: -1 is the main group. */
function namedOf(accountId: string, wire: unknown, name: unknown): NamedRecord | null {
  const id = typeof wire === "bigint" || Number.isSafeInteger(wire) ? String(wire) : wire;
  if (typeof id !== "string" || id.trim() === "") return null;
  return Object.freeze({ accountId, id, name: textOf(name) });
}

/** Epoch milliseconds, up to where a date has four digits for its year. */
function dateOf(wire: unknown): Date | null {
  const milliseconds = numberOf(wire);
  return milliseconds === null || milliseconds < 0 || milliseconds > maxTime ? null : new Date(milliseconds);
}
