import { isObject } from "./json.js";
import { Problem } from "./problem.js";

/** The metrics that may be asked for. */
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
] as const;

export type AgentMetric = (typeof agentMetrics)[number];

/** A query of the agent view, checked. A filter that is undefined lets everybody through. */
export interface AgentViewQuery {
  /** Epoch milliseconds. */
  time: { from: number; to: number };
  agentIds: ReadonlySet<string> | undefined;
  groupIds: ReadonlySet<string> | undefined;
  /** An agent needs one of them. */
  skillIds: ReadonlySet<string> | undefined;
  userTypes: ReadonlySet<string> | undefined;
  statuses: ReadonlySet<string>;
  includeMetadata: boolean;
  metrics: ReadonlySet<AgentMetric>;
}

/** Which of the agents found are asked for. */
export interface AgentViewPage {
  offset: number;
  limit: number;
  /** By agent id; undefined: in no particular order. */
  sort: "asc" | "desc" | undefined;
}

/** `offset + limit` may not exceed it. */
export const agentViewCap = 1000;

const maxWindowMs = 24 * 60 * 60 * 1000;
const defaultStatuses = new Set(["ONLINE", "BACK_SOON", "AWAY"]);

/** @throws Problem 400 */
export function readAgentViewQuery(body: unknown): AgentViewQuery {
  if (!isObject(body) || !isObject(body["filters"])) throw new Problem(400, "filters are required.");
  const { filters, includeAgentMetadata = false } = body;
  if (typeof includeAgentMetadata !== "boolean") {
    throw new Problem(400, "includeAgentMetadata must be a boolean.");
  }
  return {
    time: readWindow(filters["time"]),
    agentIds: readNames(filters, "agentIds"),
    groupIds: readNames(filters, "agentGroupIds"),
    skillIds: readNames(filters, "agentSkillIds"),
    userTypes: readNames(filters, "userTypes"),
    statuses: readNames(filters, "effectiveAgentStatus") ?? defaultStatuses,
    includeMetadata: includeAgentMetadata,
    metrics: readMetrics(body),
  };
}

/** @throws Problem 400 */
export function readAgentViewPage(query: Readonly<Record<string, string | undefined>>): AgentViewPage {
  const [offset, limit] = [readInteger(query, "offset", 0), readInteger(query, "limit", 50)];
  if (limit === 0) throw new Problem(400, "limit must be positive.");
  if (offset + limit > agentViewCap) throw new Problem(400, `offset + limit may not exceed ${agentViewCap}.`);
  const { sort } = query;
  if (sort === undefined) return { offset, limit, sort };
  if (sort === "agentId:asc") return { offset, limit, sort: "asc" };
  if (sort === "agentId:desc") return { offset, limit, sort: "desc" };
  throw new Problem(400, "sort must be agentId:asc or agentId:desc.");
}

function readWindow(time: unknown): AgentViewQuery["time"] {
  const { from, to } = isObject(time) ? time : {};
  if (typeof from !== "number" || typeof to !== "number") {
    throw new Problem(400, "filters.time needs from and to.");
  }
  if (from > to) throw new Problem(400, "filters.time must not end before it begins.");
  if (to - from > maxWindowMs) throw new Problem(400, "filters.time must be at most 24 hours.");
  return { from, to };
}

/** An empty list filters no more than a missing one. */
function readNames(filters: Record<string, unknown>, name: string): ReadonlySet<string> | undefined {
  const values = filters[name] ?? [];
  const isList = Array.isArray(values) && values.every((value) => typeof value === "string");
  if (!isList) throw new Problem(400, `${name} must be a list of strings.`);
  return values.length === 0 ? undefined : new Set(values);
}

function readMetrics(body: Record<string, unknown>): ReadonlySet<AgentMetric> {
  const named = readNames(body, "metricsToRetrieveCurrentValue") ?? new Set();
  const metrics = agentMetrics.filter((metric) => named.has(metric));
  if (metrics.length < named.size) {
    throw new Problem(400, "metricsToRetrieveCurrentValue names an unknown metric.");
  }
  return new Set(metrics);
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
