import type { Loaders } from "../../loaders/index.js";
import { unseenAgent } from "../../upstream/api/index.js";
import type { AgentRecord } from "../../upstream/api/index.js";
import type { ReferenceResolver } from "../context.js";
import { agentDemand } from "./agent.demand.js";
import type { OperationDemand } from "../operation-demand.js";
import type { Agent } from "./agent.type.js";

/**
 * Loads agents by id with the fields that the operation selects; without an upstream call if it selects only their keys.
 * A failed call is an error on each selected field of its agents, and leaves the other agents intact.
 */
export async function loadAgents(
  { agents }: Loaders,
  demand: OperationDemand,
  accountId: string,
  ids: readonly string[],
): Promise<readonly Agent[]> {
  if (demand.fields.size === 0) return ids.map((id) => unseenAgent(accountId, id));
  const results = await agents.loadMany(accountId, ids, demand);
  return results.map((result, index) =>
    result instanceof Error ? failedAgent(unseenAgent(accountId, ids[index] ?? ""), demand, result) : result,
  );
}

/** Loads one agent, as {@link loadAgents} does. */
export async function loadAgent(
  loaders: Loaders,
  demand: OperationDemand,
  accountId: string,
  id: string,
): Promise<Agent> {
  const [agent = unseenAgent(accountId, id)] = await loadAgents(loaders, demand, accountId, [id]);
  return agent;
}

/** Resolves a reference from another subgraph. Never null: an agent out of the view cannot be told from none. */
export const resolveAgentReference: ReferenceResolver = ({ accountId, id }, context, info) =>
  loadAgent(context.loaders, agentDemand(info, context), accountId, id);

/** An agent whose fields are an Error, which graphql-js reports as the error of each field. */
function failedAgent(agent: AgentRecord, { fields }: OperationDemand, error: Error): Agent {
  // `skills` is non-null: an error there would null the agent, and with it the whole list. So it is empty if another
  // selected field reports the error.
  const failed = [...fields].filter((field) => field !== "skills");
  const shown = failed.length > 0 ? failed : fields;
  return { ...agent, ...Object.fromEntries([...shown].map((field) => [field, error])) };
}
