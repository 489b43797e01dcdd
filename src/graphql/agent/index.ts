export { reasonResolvers } from "./agent-status.reason.resolver.js";
export { AgentQueryResolver, StatusReasonAgentsResolver } from "./agent.resolver.js";
export { AgentSubscriptionResolver } from "./agent.subscription.resolver.js";
export { AgentStatusChangesResolver } from "./status-changes.resolver.js";
export { resolveAgentReference } from "./load-agents.js";
