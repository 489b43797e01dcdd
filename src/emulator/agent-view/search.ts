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
  const found = roster.list().filter((agent) => matches(agent, query));
  // Without a sort, the newest first: stable across pages, and different from the order of the requested ids.
  if (sort === undefined) return found.reverse();
  const compare = orders[sort.field];
  const sign = sort.direction === "asc" ? 1 : -1;
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

/** The emulator has no closed conversations, so all agents are equal. */
const allEqual: Order = () => 0;

const orders: Readonly<Record<AgentSort["field"], Order>> = {
  agentId: byId,
  agentLoad: byNumber(loadOf),
  closedConversations: allEqual,
  avgTimeToResponse: allEqual,
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
    hasStatus(agent, query.statuses) &&
    wasLoggedIn(agent, query.time.from)
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

/** Agents that are logged in match any window; others match if they logged out after it began. */
function wasLoggedIn({ status, loggedOutAt }: EmulatedAgent, from: number): boolean {
  return status !== "OFFLINE" || (loggedOutAt !== undefined && loggedOutAt >= from);
}

/** Ids are decimal digits without leading zeros: the longer one is the larger one. */
function byId({ id: left }: EmulatedAgent, { id: right }: EmulatedAgent): number {
  return left.length - right.length || (left < right ? -1 : 1);
}
