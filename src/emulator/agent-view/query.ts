import { agentViewCap } from "../../wire/index.js";
import { isJsonObject } from "../../lib/index.js";
import type { TimeWindow } from "../data/index.js";
import { Problem } from "../problem.js";

/** The metrics that a query may request. */
export const agentMetrics = [
  "agent_current_status",
  "agent_current_status_start_time",
  "agent_current_status_reason",
  "agent_current_status_reason_start_time",
  "agent_load",
  "active_conversations",
  "assigned_conversations",
  "max_slots",
  "available_slots",
  "pending_agent_response",
  "pending_agent_response_rate",
] as const;

/** The metrics that a query may request by time. */
const timeMetrics = [
  "agent_status_duration",
  "agent_status_with_reason_duration",
  "agent_login_duration",
  "agent_online_duration",
] as const;

/** The fields that a page can be sorted by. */
const sortFields = [
  "agentId",
  "agentLoad",
  "closedConversations",
  "avgTimeToResponse",
  "avgTimeToFirstResponseFirstAssignment",
  "avgTimeToFirstResponseAllAssignments",
  "avgWaitTime",
  "avgWaitTimeFirstResponse",
  "assignedConversations",
  "activeConversations",
  "concludedConversations",
  "closedRate",
  "transferRate",
  "intentMatchedRate",
  "pendingAgentResponseRate",
  "agentName",
  "agentStatus",
  "csat",
  "fcr",
  "nps",
  "maxSlots",
] as const;

/** The agent statuses that a query can filter by. */
export const viewStatuses = ["ONLINE", "OFFLINE", "AWAY", "BACK_SOON"] as const;

/** The default of the status filter: all agents that are logged in. */
export const loggedInStatuses = ["ONLINE", "BACK_SOON", "AWAY"] as const;

const userTypes = ["SYSTEM", "HUMAN", "BOT"] as const;

export type AgentMetric = (typeof agentMetrics)[number];
export type TimeMetric = (typeof timeMetrics)[number];

/** A valid query of the agent view. A filter that is undefined matches every agent. */
export interface AgentViewQuery {
  /** Whole minutes. */
  time: TimeWindow;
  /** The part of `time` that durations cover, which are up to a minute old. Ends before it begins in the future. */
  measured: TimeWindow;
  agentIds: ReadonlySet<string> | undefined;
  groupIds: ReadonlySet<string> | undefined;
  /** Matches agents that have at least one of them. */
  skillIds: ReadonlySet<string> | undefined;
  userTypes: ReadonlySet<string> | undefined;
  statuses: ReadonlySet<string>;
  includeMetadata: boolean;
  metrics: ReadonlySet<AgentMetric>;
  timeMetrics: ReadonlySet<TimeMetric>;
}

/** Which of the matching agents to send. */
export interface AgentViewPage {
  offset: number;
  limit: number;
  /** undefined for no particular order. */
  sort: AgentSort | undefined;
}

export interface AgentSort {
  field: (typeof sortFields)[number];
  direction: "asc" | "desc";
}

const minuteMs = 60 * 1000;
const dayMs = 24 * 60 * minuteMs;
const maxAgeMs = 14 * dayMs;

const anyId = /^\d{1,19}$/;
/** Ids of groups can be negative. */
const anySignedId = /^-?\d{1,19}$/;

/**
 * Reads a query. Rejects every value that the documentation does not list, so that a wrong client fails here first.
 *
 * @param now epoch milliseconds
 * @throws Problem 400
 */
export function readAgentViewQuery(body: unknown, now: number): AgentViewQuery {
  if (!isJsonObject(body) || !isJsonObject(body["filters"])) throw new Problem(400, "filters are required.");
  const { filters, includeAgentMetadata = true } = body;
  if (typeof includeAgentMetadata !== "boolean") {
    throw new Problem(400, "includeAgentMetadata must be a boolean.");
  }
  const time = readWindow(filters["time"], now);
  return {
    time,
    measured: { from: time.from, to: Math.min(time.to, wholeMinutes(now, Math.floor)) },
    agentIds: readIds(filters, "agentIds", anyId),
    groupIds: readIds(filters, "agentGroupIds", anySignedId),
    skillIds: readIds(filters, "agentSkillIds", anySignedId),
    userTypes: readListed(filters, "userTypes", userTypes),
    statuses: readListed(filters, "effectiveAgentStatus", viewStatuses) ?? new Set(loggedInStatuses),
    includeMetadata: includeAgentMetadata,
    metrics: readListed(body, "metricsToRetrieveCurrentValue", agentMetrics) ?? new Set(),
    timeMetrics: readListed(body, "metricsToRetrieveByTime", timeMetrics) ?? new Set(),
  };
}

/** @throws Problem 400 */
export function readAgentViewPage(query: Readonly<Record<string, string | undefined>>): AgentViewPage {
  const [offset, limit] = [readInteger(query, "offset", 0), readInteger(query, "limit", 50)];
  if (limit === 0) throw new Problem(400, "limit must be positive.");
  if (offset + limit > agentViewCap) throw new Problem(400, `offset + limit may not exceed ${agentViewCap}.`);
  return { offset, limit, sort: readSort(query["sort"]) };
}

function readSort(text: string | undefined): AgentSort | undefined {
  if (text === undefined) return undefined;
  const [name, direction, ...others] = text.split(":");
  const field = sortFields.find((known) => known === name);
  if (field !== undefined && others.length === 0 && (direction === "asc" || direction === "desc")) {
    return { field, direction };
  }
  throw new Problem(400, `sort must be asc or desc by one of ${sortFields.join(", ")}.`);
}

/** The window, rounded outward to whole minutes after its length was checked. */
function readWindow(time: unknown, now: number): TimeWindow {
  const { from, to } = isJsonObject(time) ? time : {};
  if (!isTime(from) || !isTime(to)) throw new Problem(400, "filters.time needs from and to in milliseconds.");
  if (from >= to) throw new Problem(400, "filters.time must end after it begins.");
  if (to - from > dayMs) throw new Problem(400, "filters.time must be at most 24 hours.");
  // Rounding makes a window up to a minute older.
  if (from + minuteMs < now - maxAgeMs) {
    throw new Problem(400, "filters.time must be within the last 14 days.");
  }
  return { from: wholeMinutes(from, Math.floor), to: wholeMinutes(to, Math.ceil) };
}

function wholeMinutes(time: number, round: (minutes: number) => number): number {
  return minuteMs * round(time / minuteMs);
}

function isTime(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

/** An empty list means the same as a missing one: no filter. */
function readNames(filters: Record<string, unknown>, name: string): ReadonlySet<string> | undefined {
  const values = filters[name] ?? [];
  const isList = Array.isArray(values) && values.every((value) => typeof value === "string");
  if (!isList) throw new Problem(400, `${name} must be a list of strings.`);
  return values.length === 0 ? undefined : new Set(values);
}

function readIds(
  filters: Record<string, unknown>,
  name: string,
  pattern: RegExp,
): ReadonlySet<string> | undefined {
  const ids = readNames(filters, name);
  for (const id of ids ?? []) if (!pattern.test(id)) throw new Problem(400, `${name} must be a list of ids.`);
  return ids;
}

function readListed<Value extends string>(
  object: Record<string, unknown>,
  name: string,
  listed: readonly Value[],
): ReadonlySet<Value> | undefined {
  const named = readNames(object, name);
  if (named === undefined) return undefined;
  const known = listed.filter((value) => named.has(value));
  if (known.length < named.size) throw new Problem(400, `${name} accepts only ${listed.join(", ")}.`);
  return new Set(known);
}

function readInteger(
  query: Readonly<Record<string, string | undefined>>,
  name: string,
  otherwise: number,
): number {
  const text = query[name] ?? String(otherwise);
  if (!/^\d{1,9}$/.test(text)) throw new Problem(400, `${name} must be a non-negative integer.`);
  return Number(text);
}
