import type { Loaders } from "../../loaders/loaders.js";
import { unseenAgent } from "../../upstream/agent.record.js";
import type { AgentRecord } from "../../upstream/agent.record.js";
import type { OperationDemand } from "./agent.demand.js";
import type { Agent } from "./agent.type.js";

/**
 * An agent with all that the operation asks of it, without a call where that is only its key. A failed call
 * is an error on each field asked of the agents it was for, and leaves the other agents whole.
 */
export async function loadAgent(
  { agents }: Loaders,
  demand: OperationDemand,
  accountId: string,
  id: string,
): Promise<Agent> {
  if (demand.fields.size === 0) return unseenAgent(accountId, id);
  try {
    return await agents.load(accountId, id, demand);
  } catch (error) {
    return failedAgent(unseenAgent(accountId, id), demand, error);
  }
}

/** graphql-js takes an Error in a field's place for that field's error. */
function failedAgent(agent: AgentRecord, { fields }: OperationDemand, error: unknown): Agent {
  // `skills` cannot be null: an error there would take the agent, and with it the whole list, away. So it
  // is empty wherever another field of the agent says what went wrong.
  const failed = [...fields].filter((field) => field !== "skills");
  const shown = failed.length > 0 ? failed : fields;
  return { ...agent, ...Object.fromEntries([...shown].map((field) => [field, error])) };
}
