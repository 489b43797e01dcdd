import type { Loaders } from "../../loaders/index.js";
import { unseenAgent } from "../../upstream/api/index.js";
import type { AgentRecord } from "../../upstream/api/index.js";
import type { ReferenceResolver } from "../context.js";
import { agentDemand } from "./agent.demand.js";
import type { OperationDemand } from "./agent.demand.js";
import type { Agent } from "./agent.type.js";

/**
 * Agents with all that the operation asks of them, without a call where that is only their keys. A failed
 * call is an error on each field asked of the agents it was for, and leaves the other agents whole.
 */
export async function loadAgents(
  { agents }: Loaders,
  demand: OperationDemand,
  accountId: string,
  ids: readonly string[],
): Promise<readonly Agent[]> {
  if (demand.fields.size === 0) return ids.map((id) => unseenAgent(accountId, id));
  const outcomes = await agents.loadMany(accountId, ids, demand);
  return outcomes.map((outcome, index) =>
    outcome instanceof Error
      ? failedAgent(unseenAgent(accountId, ids[index] ?? ""), demand, outcome)
      : outcome,
  );
}

/** As {@link loadAgents}. */
export async function loadAgent(
  loaders: Loaders,
  demand: OperationDemand,
  accountId: string,
  id: string,
): Promise<Agent> {
  const [agent = unseenAgent(accountId, id)] = await loadAgents(loaders, demand, accountId, [id]);
  return agent;
}

/** An agent that another subgraph refers to: never null, since an agent out of view cannot be told from none. */
export const resolveAgentReference: ReferenceResolver = ({ accountId, id }, { loaders }, info) =>
  loadAgent(loaders, agentDemand(info), accountId, id);

/** graphql-js takes an Error in a field's place for that field's error. */
function failedAgent(agent: AgentRecord, { fields }: OperationDemand, error: Error): Agent {
  // `skills` cannot be null: an error there would take the agent, and with it the whole list, away. So it
  // is empty wherever another field of the agent says what went wrong.
  const failed = [...fields].filter((field) => field !== "skills");
  const shown = failed.length > 0 ? failed : fields;
  return { ...agent, ...Object.fromEntries([...shown].map((field) => [field, error])) };
}
