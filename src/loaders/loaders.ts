import type { UpstreamCall } from "../upstream/call.js";
import type { Upstream } from "../upstream/upstream.js";
import { AgentLoader } from "./agent.loader.js";
import { LiveAgentLoader } from "./live-agent.loader.js";
import { StatusReasonListLoader } from "./status-reason-list.loader.js";
import { StatusReasonLoader } from "./status-reason.loader.js";

/** The loaders of one GraphQL request. They never outlive it, so nothing is shared between callers. */
export interface Loaders {
  readonly agents: AgentLoader;
  readonly liveAgents: LiveAgentLoader;
  readonly statusReasonLists: StatusReasonListLoader;
  readonly statusReasons: StatusReasonLoader;
  /** Forgets all reasons: after a write, what was read before it may no longer be true. */
  clearStatusReasons(): void;
}

export function createLoaders(upstream: Upstream, call: UpstreamCall): Loaders {
  const statusReasonLists = new StatusReasonListLoader(upstream.statusReasons, call);
  const statusReasons = new StatusReasonLoader(upstream.statusReasons, call, statusReasonLists);
  return {
    agents: new AgentLoader(upstream.agentView, call),
    liveAgents: new LiveAgentLoader(upstream.agentView, call),
    statusReasonLists,
    statusReasons,
    clearStatusReasons: () => {
      statusReasonLists.clear();
      statusReasons.clear();
    },
  };
}
