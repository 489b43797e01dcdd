import type { GatewayContext } from "../context.js";
import type { StatusReason } from "../status-reason/index.js";
import type { AgentStatus } from "./agent.type.js";

/**
 * `AgentStatus.reason`. It runs for each agent, and TypeGraphQL's way to a resolver costs 2 µs each time. A
 * failed look-up that is at hand is returned: graphql-js takes an Error for the field's error.
 */
export const agentStatusReasonResolver = {
  AgentStatus: {
    reason: (
      { accountId, reasonId }: AgentStatus,
      _args: unknown,
      { loaders: { statusReasons } }: GatewayContext,
    ): Promise<StatusReason | null> | StatusReason | Error | null => {
      if (reasonId === null) return null;
      const known = statusReasons.peek(accountId, reasonId);
      return known === undefined ? statusReasons.load(accountId, reasonId) : known;
    },
  },
};
