export { agentReasonResolvers } from "./agent.reason.resolver.js";
export { AgentTimeResolver, agentTimeResolvers } from "./agent-time.resolver.js";
export { AgentQueryResolver, StatusReasonAgentsResolver } from "./agent.resolver.js";
export { AgentSubscriptionResolver } from "./agent.subscription.resolver.js";
export { AgentStatusChangesResolver } from "./status-changes.resolver.js";
export { ReasonUsageResolver, StatusReasonUsageResolver } from "./reason-usage.resolver.js";
export { resolveAgentReference } from "./load-agents.js";
export { countResolvers, LiveSummaryResolver } from "./live-summary.resolver.js";
