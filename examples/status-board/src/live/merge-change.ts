import type { BoardChangesSubscription, BoardQuery } from "../gql/graphql.js";

type AgentPage = BoardQuery["liveAgents"];
type AgentsChange = BoardChangesSubscription["agentsChanged"];

/** Applies an event to the agents that are known. An event with all agents, the first of each connection, replaces them. */
export function mergeChange(page: AgentPage | undefined, change: AgentsChange): AgentPage {
  const { changed, leftIds, totalCount, truncated } = change;
  const isWhole = page === undefined || changed.length >= totalCount;
  const agents = new Map(isWhole ? [] : page.nodes.map((agent) => [agent.id, agent]));
  for (const agent of changed) agents.set(agent.id, agent);
  for (const id of leftIds) agents.delete(id);
  // The cache keeps the type's name, which the generated types do not have.
  const merged = { __typename: "AgentPage", nodes: [...agents.values()], totalCount, truncated };
  return merged;
}
