export { readAgentViewPage, readAgentViewQuery } from "./query.js";
export type { AgentViewPage } from "./query.js";
export { agentViewRecord } from "./record.js";
export { searchAgents } from "./search.js";
