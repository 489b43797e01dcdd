import type { ViewState } from "./agent-state.js";
import { decodeAgent } from "./agent.record.js";
import type { AgentRecord } from "./agent.record.js";
import type { CallContext, UpstreamHttpClient, UpstreamRequest } from "../http/index.js";
import { DecodedBodyCache } from "../http/index.js";
import { isJsonObject } from "../../lib/index.js";
import { upstreamOperations } from "./operations.js";
import { decodeRecords } from "./record-list.js";
import type { ReportSkipped, SkippedRecords } from "./record-list.js";
import type { AgentViewQueryWire } from "../../wire/index.js";

/** The view's window: it shows the agents that were logged in within it. At most 24 hours. */
const windowMs = 24 * 60 * 60 * 1000;

/** The wire name of each metric of an agent's status. */
const metricNames = {
  state: "agent_current_status",
  since: "agent_current_status_start_time",
  reason: "agent_current_status_reason",
  reasonSince: "agent_current_status_reason_start_time",
  load: "agent_load",
  activeConversations: "active_conversations",
  assignedConversations: "assigned_conversations",
  maxSlots: "max_slots",
  availableSlots: "available_slots",
} as const;

export type AgentMetric = keyof typeof metricNames;

export const agentMetrics = Object.keys(metricNames) as readonly AgentMetric[];

/** The parts of an agent that are asked for; the upstream sends no others. */
export interface AgentDemand {
  readonly metrics: ReadonlySet<AgentMetric>;
  /** Names, picture and skills. */
  readonly metadata: boolean;
}

/** Which agents to show; a part that is left out matches all. */
export interface AgentViewFilter {
  readonly agentIds?: readonly string[];
  readonly states: readonly ViewState[];
  readonly groupIds?: readonly string[] | null | undefined;
  readonly skillIds?: readonly string[] | null | undefined;
}

/** The page of the matching agents; `offset + limit` is at most `agentViewCap`. */
export interface AgentViewRange {
  readonly offset: number;
  readonly limit: number;
}

export interface AgentView {
  /** In the order of their ids. */
  readonly agents: readonly AgentRecord[];
  /** How many agents match the filter, also past the cap, and with those that could not be decoded. */
  readonly totalCount: number;
  readonly skipped: SkippedRecords;
}

/** The agent view of the Key Messaging Metrics API: agents' live status. */
export class AgentViewApi {
  readonly #views = new DecodedBodyCache<AgentView>();

  constructor(
    private readonly http: UpstreamHttpClient,
    private readonly reportSkipped: ReportSkipped,
  ) {}

  /** @throws UpstreamError where the upstream does not do what is asked */
  async view(
    call: CallContext,
    accountId: string,
    filter: AgentViewFilter,
    range: AgentViewRange,
    demand: AgentDemand,
  ): Promise<AgentView> {
    const { body, sharingKey } = encodeQuery(filter, demand, Date.now());
    const request: UpstreamRequest = {
      ...upstreamOperations.viewAgents,
      accountId,
      method: "POST",
      path: pathOf(accountId, range),
      body,
      sharingKey,
      success: [200],
    };
    const response = await this.http.send(call, request);
    const view = this.#views.decoded(request, response, (json) => decodeView(accountId, filter, range, json));
    this.reportSkipped(call, request, view.skipped);
    return view;
  }
}

/** Sorted, so that the pages of one view do not overlap. */
function pathOf(accountId: string, { offset, limit }: AgentViewRange): string {
  const account = encodeURIComponent(accountId);
  const query = `offset=${offset}&limit=${limit}&sort=agentId:asc`;
  return `/manager_workspace/api/account/${account}/agent_view?${query}`;
}

/** The body of a query, and its part that does not depend on the time. */
function encodeQuery(
  filter: AgentViewFilter,
  demand: AgentDemand,
  nowMs: number,
): { readonly body: string; readonly sharingKey: string } {
  const { agentIds, states, groupIds, skillIds } = filter;
  const filters: Omit<AgentViewQueryWire["filters"], "time"> = {
    ...(agentIds && { agentIds }),
    ...(groupIds && { agentGroupIds: groupIds }),
    ...(skillIds && { agentSkillIds: skillIds }),
    effectiveAgentStatus: states,
  };
  const query: Omit<AgentViewQueryWire, "filters"> = {
    includeAgentMetadata: demand.metadata,
    metricsToRetrieveCurrentValue: Array.from(demand.metrics, (metric) => metricNames[metric]),
    metricsToRetrieveByTime: [],
  };
  const sharingKey = JSON.stringify({ filters, ...query });
  // Hot path: the window, which moves with every call, is inserted into the text, so that ids are serialized once.
  const time = JSON.stringify({ from: nowMs - windowMs, to: nowMs });
  return { body: sharingKey.replace(`{"filters":{`, `$&"time":${time},`), sharingKey };
}

function decodeView(
  accountId: string,
  filter: AgentViewFilter,
  range: AgentViewRange,
  json: unknown,
): AgentView | undefined {
  if (!isJsonObject(json) || !Array.isArray(json["agentViewRecords"])) return undefined;
  const wire: readonly unknown[] = json["agentViewRecords"];
  const totalCount = decodeCount(json["metadata"]) ?? countOf(wire.length, filter, range);
  if (totalCount === undefined) return undefined;
  const read = decodeRecords(upstreamOperations.viewAgents, wire, "agentId", (item) =>
    decodeAgent(accountId, item),
  );
  return read && Object.freeze({ agents: read.records, totalCount, skipped: read.skipped });
}

/** GraphQL's Int has 32 bits. */
function decodeCount(metadata: unknown): number | undefined {
  const count = isJsonObject(metadata) ? metadata["count"] : undefined;
  return typeof count === "number" && count === (count | 0) && count >= 0 ? count : undefined;
}

/** The count where the view does not send it; known only if this must be the last page. */
function countOf(
  shown: number,
  { agentIds }: AgentViewFilter,
  { offset, limit }: AgentViewRange,
): number | undefined {
  const isLast = agentIds !== undefined || (shown < limit && (shown > 0 || offset === 0));
  return isLast ? offset + shown : undefined;
}
