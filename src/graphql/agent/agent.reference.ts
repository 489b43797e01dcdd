import type { ReferenceResolver } from "../context.js";
import { agentDemand } from "./agent.demand.js";
import { loadAgent } from "./load-agents.js";

/** An agent that another subgraph refers to: never null, since an agent out of view cannot be told from none. */
export const resolveAgentReference: ReferenceResolver = ({ accountId, id }, { loaders }, info) =>
  loadAgent(loaders, agentDemand(info), accountId, id);
