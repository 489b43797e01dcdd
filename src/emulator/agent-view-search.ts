import type { AgentRoster } from "./agent-roster.js";
import type { AgentViewPage, AgentViewQuery } from "./agent-view-query.js";
import type { EmulatedAgent } from "./agent.js";

/** All agents that meet the query, in the order of the page's `sort`. */
export function searchAgents(
  roster: AgentRoster,
  query: AgentViewQuery,
  { sort }: Pick<AgentViewPage, "sort">,
): EmulatedAgent[] {
  const found = roster.list().filter((agent) => matches(agent, query));
  // Without a sort the newest come first: stable for paging, and not the order in which ids are asked for.
  if (sort === undefined) return found.reverse();
  return found.sort(sort === "asc" ? byId : (left, right) => byId(right, left));
}

function matches(agent: EmulatedAgent, query: AgentViewQuery): boolean {
  return (
    (query.agentIds?.has(agent.id) ?? true) &&
    (query.groupIds?.has(agent.group.id) ?? true) &&
    (query.userTypes?.has(agent.userType) ?? true) &&
    (query.skillIds === undefined || agent.skills.some(({ id }) => query.skillIds?.has(id))) &&
    query.statuses.has(agent.effectiveStatus ?? agent.status) &&
    wasLoggedIn(agent, query.time.from)
  );
}

/** Who is logged in is seen whatever the window; who is not must have been, since it began. */
function wasLoggedIn({ status, loggedOutAt }: EmulatedAgent, from: number): boolean {
  return status !== "OFFLINE" || (loggedOutAt !== undefined && loggedOutAt >= from);
}

/** Ids are decimal digits without leading zeros: the longer one is the larger one. */
function byId({ id: left }: EmulatedAgent, { id: right }: EmulatedAgent): number {
  return left.length - right.length || (left < right ? -1 : 1);
}
