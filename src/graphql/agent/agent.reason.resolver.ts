import type { GraphQLResolveInfo } from "graphql";

import type { AgentRecord } from "../../upstream/api/index.js";
import { alwaysSelects, selectedFields } from "../selected-fields.js";
import type { GatewayContext } from "../context.js";
import type { StatusReason } from "../status-reason/index.js";

/** A row with the reason that it refers to. */
interface ReasonReference {
  readonly accountId: string;
  /** null: none. */
  readonly reasonId: string | null;
}

type FoundReason = Promise<StatusReason | null> | StatusReason | Error | null;

/**
 * Resolves the reason of a row. A plain resolver, because it runs for each row and TypeGraphQL's wrapper costs more than
 * the lookup. It returns the Error of a lookup that has failed already: graphql-js reports it as the field's error.
 */
function reasonOf(
  { accountId, reasonId }: ReasonReference,
  _args: unknown,
  { loaders: { statusReasons } }: GatewayContext,
): FoundReason {
  if (reasonId === null) return null;
  const loaded = statusReasons.peek(accountId, reasonId);
  return loaded === undefined ? statusReasons.load(accountId, reasonId) : loaded;
}

/** As {@link reasonOf}, for rows that come with many others and not all at once: by the account's list. */
function reasonOfMany(reference: ReasonReference, args: unknown, context: GatewayContext): FoundReason {
  context.loaders.statusReasons.expectMany(reference.accountId);
  return reasonOf(reference, args, context);
}

/** The resolvers of all reasons that rows refer to. */
export const agentReasonResolvers = {
  AgentStatus: { reason: reasonOf },
  StatusChange: { reason: reasonOf },
  ReasonTime: { reason: reasonOfMany },
};

/** The paths from a field to the reasons of its agents. */
export interface ReasonPaths {
  readonly ofStatus: readonly string[];
  readonly ofTime: readonly string[];
}

/** The paths from a field that returns agents. */
export const reasonsOfAgents = reasonPaths();

/** The paths from a field that returns a page of agents. */
export const reasonsOfPage = reasonPaths("nodes");

/** @param field the one that leads to the agents, if another one does */
export function reasonPaths(...field: readonly string[]): ReasonPaths {
  return { ofStatus: [...field, "status", "reason"], ofTime: [...field, "time", "reasons", "reason"] };
}

/** The agents that a field returns, and the paths from the field to their reasons. */
interface AgentReasons {
  readonly accountId: string;
  readonly agents: readonly AgentRecord[];
  /** One of the constants above. */
  readonly paths: ReasonPaths;
}

/**
 * Loads the reasons of a field's agents together, if the field selects them independently of variables. Then
 * `AgentStatus.reason` finds them loaded and needs no promise for each agent. The hot path: see docs/performance.md.
 */
export async function preloadReasons(
  { accountId, agents, paths }: AgentReasons,
  context: GatewayContext,
  info: GraphQLResolveInfo,
): Promise<void> {
  const ids = new Set<string>();
  if (alwaysSelects(info, paths.ofStatus)) {
    // The status of an agent that failed to load is an Error, and has no `reasonId`.
    for (const { status } of agents) if (status?.reasonId != null) ids.add(status.reasonId);
  }
  if (context.agentDemand?.durations !== undefined && alwaysSelects(info, paths.ofTime)) {
    for (const { time } of agents) addReasons(ids, time);
  }
  await loadReasons(accountId, ids, context, info);
}

/** As {@link preloadReasons}, for the reasons of one agent's time. */
export async function preloadReasonsOfTime(
  { accountId, time }: { readonly accountId: string; readonly time: AgentRecord["time"] },
  context: GatewayContext,
  info: GraphQLResolveInfo,
): Promise<void> {
  const ids = new Set<string>();
  if (alwaysSelects(info, reasonsOfTime)) addReasons(ids, time);
  await loadReasons(accountId, ids, context, info);
}

const reasonsOfTime = ["reasons", "reason"] as const;

/** @param time an Error, without reasons, for an agent that failed to load */
function addReasons(ids: Set<string>, time: AgentRecord["time"]): void {
  for (const { reasonId } of time?.reasons ?? []) if (reasonId !== null) ids.add(reasonId);
}

async function loadReasons(
  accountId: string,
  ids: ReadonlySet<string>,
  { loaders: { statusReasons } }: GatewayContext,
  info: GraphQLResolveInfo,
): Promise<void> {
  if (ids.size === 0) return;
  if (selectedFields(info).get("ReasonTime")?.has("reason") === true) statusReasons.expectMany(accountId);
  await statusReasons.loadMany(accountId, [...ids]);
}
