export { agentStatusReasonResolver } from "./agent-status.reason.resolver.js";
export { AgentQueryResolver, StatusReasonAgentsResolver } from "./agent.resolver.js";
export { resolveAgentReference } from "./load-agents.js";
