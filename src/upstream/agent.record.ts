import { decodeAgentState } from "./agent-state.js";
import type { AgentState } from "./agent-state.js";
import { decodeId } from "./id.js";
import { isJsonObject } from "./json.js";

/**
 * One agent as the agent view shows it. What was not asked for, or is not known, is null. Frozen: requests may
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
  readonly id: string;
  readonly name: string | null;
}

const noSkills: readonly NamedRecord[] = Object.freeze([]);

/** A value that is not what the contract says. */
class OffContract extends Error {}

/** One record of the view as JSON; undefined where it is not what the contract says. */
export function decodeAgent(accountId: string, wire: unknown): AgentRecord | undefined {
  try {
    return agentOf(accountId, objectOf(wire));
  } catch (error) {
    if (error instanceof OffContract) return undefined;
    throw error;
  }
}

/** An agent that the view does not show. */
export function unseenAgent(accountId: string, id: string): AgentRecord {
  const nobody = { name: null, nickname: null, loginName: null, pictureUrl: null };
  return Object.freeze({ accountId, id, status: null, ...nobody, group: null, skills: noSkills });
}

function agentOf(accountId: string, wire: Json): AgentRecord {
  const id = decodeId(wire["agentId"]);
  if (id === undefined) throw new OffContract();
  const metadata = wire["agentMetadata"] == null ? {} : objectOf(wire["agentMetadata"]);
  // Part by part: to walk through what was just made costs as much as to make it.
  return Object.freeze({
    accountId,
    id,
    status: statusOf(accountId, wire),
    name: textOf(metadata["agentName"]),
    nickname: textOf(metadata["agentNickname"]),
    loginName: textOf(metadata["agentLoginName"]),
    pictureUrl: textOf(metadata["agentPictureUrl"]),
    group: namedOf(wire["agentGroupId"], metadata["agentGroupName"]),
    skills: skillsOf(metadata["agentSkills"]),
  });
}

function statusOf(accountId: string, wire: Json): AgentStatusRecord {
  return Object.freeze({
    accountId,
    state: decodeAgentState(textOf(wire["agentCurrentStatus"]) ?? ""),
    since: dateOf(wire["agentCurrentStatusStartTime"]),
    // The documentation's table and its example disagree about the name.
    reasonId: reasonIdOf(wire["agentCurrentStatusReasonId"] ?? wire["agentCurrentStatusReason"]),
    reasonSince: dateOf(wire["agentCurrentStatusReasonStartTime"]),
    load: numberOf(wire["agentLoad"]),
    activeConversations: countOf(wire["activeConversations"]),
    assignedConversations: countOf(wire["assignedConversations"]),
    maxSlots: countOf(wire["maxSlots"]),
    availableSlots: countOf(wire["availableSlots"]),
  });
}

/** "NA" says that there is none, and so does whatever else can be no reason's id. */
function reasonIdOf(wire: unknown): string | null {
  return decodeId(wire) ?? null;
}

function skillsOf(wire: unknown): readonly NamedRecord[] {
  if (wire == null) return noSkills;
  if (!Array.isArray(wire)) throw new OffContract();
  const skills = wire.flatMap((item: unknown) => {
    const skill = objectOf(item);
    return namedOf(skill["skillId"], skill["skillName"]) ?? [];
  });
  return Object.freeze(skills);
}

/** Groups have negative ids too: -1 is the main group. */
function namedOf(id: unknown, name: unknown): NamedRecord | null {
  if (id == null) return null;
  if (typeof id === "string") return Object.freeze({ id, name: textOf(name) });
  if (typeof id !== "bigint" && !(typeof id === "number" && Number.isSafeInteger(id)))
    throw new OffContract();
  return Object.freeze({ id: String(id), name: textOf(name) });
}

/** Epoch milliseconds. */
function dateOf(wire: unknown): Date | null {
  const milliseconds = numberOf(wire);
  if (milliseconds === null) return null;
  const date = new Date(milliseconds);
  if (Number.isNaN(date.getTime())) throw new OffContract();
  return date;
}

/** GraphQL's Int has 32 bits. */
function countOf(wire: unknown): number | null {
  const number = numberOf(wire);
  if (number !== null && number !== (number | 0)) throw new OffContract();
  return number;
}

function numberOf(wire: unknown): number | null {
  if (wire == null) return null;
  if (typeof wire !== "number") throw new OffContract();
  return wire;
}

function textOf(wire: unknown): string | null {
  if (wire == null) return null;
  if (typeof wire !== "string") throw new OffContract();
  return wire;
}

type Json = Readonly<Record<string, unknown>>;

function objectOf(wire: unknown): Json {
  if (!isJsonObject(wire)) throw new OffContract();
  return wire;
}
