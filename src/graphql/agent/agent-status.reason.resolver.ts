import type { GraphQLResolveInfo } from "graphql";

import { alwaysSelects } from "../selected-fields.js";
import type { GatewayContext } from "../context.js";
import type { StatusReason } from "../status-reason/index.js";
import type { Agent, AgentStatus } from "./agent.type.js";

/**
 * Resolves the reason of what gives one. A plain resolver, because it runs for each row and TypeGraphQL's wrapper costs
 * more than the lookup. It returns the Error of a lookup that has failed already: graphql-js reports it as the field's
 * error.
 */
function reason(
  { accountId, reasonId }: Pick<AgentStatus, "accountId" | "reasonId">,
  _args: unknown,
  { loaders: { statusReasons } }: GatewayContext,
): Promise<StatusReason | null> | StatusReason | Error | null {
  if (reasonId === null) return null;
  const loaded = statusReasons.peek(accountId, reasonId);
  return loaded === undefined ? statusReasons.load(accountId, reasonId) : loaded;
}

/** The fields that {@link reason} resolves. */
export const reasonResolvers = { AgentStatus: { reason }, StatusChange: { reason } };

/** The path from a field that returns agents to their reasons. */
export const reasonOfAgent = ["status", "reason"] as const;

/** The path from a field that returns a page of agents to their reasons. */
export const reasonOfPage = ["nodes", ...reasonOfAgent] as const;

/** The agents that a field returns, and the path from the field to their reasons. */
interface AgentReasons {
  readonly accountId: string;
  readonly agents: readonly Agent[];
  /** One of the constants above. */
  readonly path: readonly string[];
}

/**
 * Loads the reasons of a field's agents together, if the field selects them independently of variables. Then
 * `AgentStatus.reason` finds them loaded and needs no promise for each agent. The hot path: see docs/performance.md.
 */
export async function preloadReasons(
  { accountId, agents, path }: AgentReasons,
  { loaders }: GatewayContext,
  info: GraphQLResolveInfo,
): Promise<void> {
  if (!alwaysSelects(info, path)) return;
  const ids = new Set<string>();
  // The status of an agent that failed to load is an Error, and has no `reasonId`.
  for (const { status } of agents) if (status?.reasonId != null) ids.add(status.reasonId);
  if (ids.size > 0) await loaders.statusReasons.loadMany(accountId, [...ids]);
}
