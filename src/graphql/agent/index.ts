export { agentStatusReasonResolver } from "./agent-status.reason.resolver.js";
export { AgentQueryResolver } from "./agent.query.resolver.js";
export { AgentSubscriptionResolver } from "./agent.subscription.resolver.js";
export { resolveAgentReference } from "./agent.reference.js";
export { StatusReasonAgentsResolver } from "./status-reason.agents.resolver.js";
