export { agentStatusReasonResolver } from "./agent-status.reason.resolver.js";
export { AgentQueryResolver } from "./agent.query.resolver.js";
export { resolveAgentReference } from "./agent.reference.js";
export { StatusReasonAgentsResolver } from "./status-reason.agents.resolver.js";
