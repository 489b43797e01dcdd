import { loggedInSpans } from "../data/index.js";
import type { AgentRoster, EmulatedAgent } from "../data/index.js";
import { loggedInStatuses, viewStatuses } from "./query.js";
import type { AgentSort, AgentViewPage, AgentViewQuery } from "./query.js";
import { loadOf } from "./record.js";

/** All agents that match the query, in the order of the page's `sort`. */
export function searchAgents(
  roster: AgentRoster,
  query: AgentViewQuery,
  { sort }: Pick<AgentViewPage, "sort">,
): EmulatedAgent[] {
  const found = roster.list().filter((agent) => matches(agent, query) && wasLoggedIn(agent, query, roster));
  // Without a sort, the newest first: stable across pages, and different from the order of the requested ids.
  if (sort === undefined) return found.reverse();
  const compare = orders[sort.field] ?? byId;
  const sign = sort.direction === "asc" ? 1 : -1;
  // Equal agents go by id, so that none is on two pages.
  return found.sort((left, right) => sign * (compare(left, right) || byId(left, right)));
}

type Order = (left: EmulatedAgent, right: EmulatedAgent) => number;

const byNumber =
  (valueOf: (agent: EmulatedAgent) => number): Order =>
  (left, right) =>
    valueOf(left) - valueOf(right);

const byText =
  (valueOf: (agent: EmulatedAgent) => string): Order =>
  (left, right) =>
    valueOf(left) < valueOf(right) ? -1 : Number(valueOf(left) > valueOf(right));

/** The emulator has no messages and no closed conversations: by the other fields all agents are equal. */
const orders: Readonly<Partial<Record<AgentSort["field"], Order>>> = {
  agentId: byId,
  agentLoad: byNumber(loadOf),
  assignedConversations: byNumber(({ assignedConversations }) => assignedConversations),
  activeConversations: byNumber(({ activeConversations }) => activeConversations),
  agentName: byText(({ name }) => name),
  agentStatus: byText(({ status }) => status),
  maxSlots: byNumber(({ maxSlots }) => maxSlots),
};

function matches(agent: EmulatedAgent, query: AgentViewQuery): boolean {
  return (
    (query.agentIds?.has(agent.id) ?? true) &&
    (query.groupIds?.has(agent.group.id) ?? true) &&
    (query.userTypes?.has(agent.userType) ?? true) &&
    (query.skillIds === undefined || agent.skills.some(({ id }) => query.skillIds?.has(id))) &&
    hasStatus(agent, query.statuses)
  );
}

/** A status that is no filter, such as OCCUPIED, matches a query for all agents that are logged in. */
function hasStatus(
  { status, effectiveStatus = status }: EmulatedAgent,
  statuses: ReadonlySet<string>,
): boolean {
  const isListed = viewStatuses.some((listed) => listed === effectiveStatus);
  return isListed ? statuses.has(effectiveStatus) : loggedInStatuses.every((listed) => statuses.has(listed));
}

/** Whether an agent was logged in at some time of the window. The history is asked for windows of the past only. */
function wasLoggedIn(agent: EmulatedAgent, { time }: AgentViewQuery, { history }: AgentRoster): boolean {
  const { status, statusSince, loggedOutAt } = agent;
  const lastIn = status === "OFFLINE" ? loggedOutAt : Infinity;
  if (lastIn === undefined || lastIn < time.from) return false;
  const isRecent = Math.min(lastIn, statusSince) <= time.to;
  return isRecent || loggedInSpans(history.changes(agent, time), time).length > 0;
}

/** Ids are decimal digits without leading zeros: the longer one is the larger one. */
function byId({ id: left }: EmulatedAgent, { id: right }: EmulatedAgent): number {
  return left.length - right.length || (left < right ? -1 : 1);
}
