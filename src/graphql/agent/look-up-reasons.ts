import type { GraphQLResolveInfo } from "graphql";

import { alwaysSelects } from "../always-selects.js";
import type { GatewayContext } from "../context.js";
import type { Agent } from "./agent.type.js";

/** The way from a field that answers with agents to their reasons. */
export const reasonOfAgent = ["status", "reason"] as const;

/** The way from a field that answers with a page of agents. */
export const reasonOfPage = ["nodes", ...reasonOfAgent] as const;

/**
 * Looks up the reasons of a field's agents together, where the field selects them whatever the variables
 * are. `AgentStatus.reason` has them at hand then, without a promise for each agent: of 100, those cost
 * 0.5 ms of CPU.
 */
export async function lookUpReasons(
  agents: readonly Agent[],
  path: readonly string[],
  accountId: string,
  { loaders }: GatewayContext,
  info: GraphQLResolveInfo,
): Promise<void> {
  if (!alwaysSelects(info, path)) return;
  const ids = new Set<string>();
  // The status of an agent that failed is an Error, without a reason.
  for (const { status } of agents) if (status?.reasonId != null) ids.add(status.reasonId);
  if (ids.size > 0) await loaders.statusReasons.loadMany(accountId, [...ids]);
}
