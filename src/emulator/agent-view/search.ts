import type { AgentRoster, EmulatedAgent } from "../data/index.js";
import { loggedInStatuses, viewStatuses } from "./query.js";
import type { AgentSort, AgentViewPage, AgentViewQuery } from "./query.js";
import { loadOf } from "./record.js";

/** All agents that meet the query, in the order of the page's `sort`. */
export function searchAgents(
  roster: AgentRoster,
  query: AgentViewQuery,
  { sort }: Pick<AgentViewPage, "sort">,
): EmulatedAgent[] {
  const found = roster.list().filter((agent) => matches(agent, query));
  // Without a sort the newest come first: stable for paging, and not the order in which ids are asked for.
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

/** Nobody has closed a conversation or answered one here. */
const nobodyFirst: Order = () => 0;

const orders: Readonly<Record<AgentSort["field"], Order>> = {
  agentId: byId,
  agentLoad: byNumber(loadOf),
  closedConversations: nobodyFirst,
  avgTimeToResponse: nobodyFirst,
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

/** A status that cannot be asked for, such as OCCUPIED, is shown to whoever asks for all who are logged in. */
function hasStatus({ status, effectiveStatus = status }: EmulatedAgent, asked: ReadonlySet<string>): boolean {
  const isListed = viewStatuses.some((listed) => listed === effectiveStatus);
  return isListed ? asked.has(effectiveStatus) : loggedInStatuses.every((listed) => asked.has(listed));
}

/** Who is logged in is seen whatever the window; who is not must have been, since it began. */
function wasLoggedIn({ status, loggedOutAt }: EmulatedAgent, from: number): boolean {
  return status !== "OFFLINE" || (loggedOutAt !== undefined && loggedOutAt >= from);
}

/** Ids are decimal digits without leading zeros: the longer one is the larger one. */
function byId({ id: left }: EmulatedAgent, { id: right }: EmulatedAgent): number {
  return left.length - right.length || (left < right ? -1 : 1);
}
