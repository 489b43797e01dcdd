import { encodeQuery } from "./agent-view.query.js";
import type { AgentDemand, AgentViewFilter } from "./agent-view.query.js";
import { decodeAgent } from "./agent.record.js";
import type { AgentRecord } from "./agent.record.js";
import type { CallContext, UpstreamHttpClient, UpstreamRequest } from "../http/index.js";
import { DecodedBodyCache } from "../http/index.js";
import { isJsonObject } from "../../lib/index.js";
import { upstreamOperations } from "./operations.js";
import { decodeRecords } from "./record-list.js";
import type { ReportSkipped, SkippedRecords } from "./record-list.js";
import { timeOf } from "./view-window.js";
import type { ViewTime } from "./view-window.js";

/** The page of the matching agents; `offset + limit` is at most `agentViewCap`. */
export interface AgentViewRange {
  readonly offset: number;
  readonly limit: number;
  /** Whether the page is of the agents from the last id to the first. */
  readonly descending?: boolean;
}

/** The part of a view that depends on the bytes of the response alone. Shared by requests, so it is frozen. */
interface DecodedView {
  /** In the upstream's order of their ids, descending if the page is; the same list for the same bytes. */
  readonly agents: readonly AgentRecord[];
  /** How many agents match the filter, also past the cap, and with those that could not be decoded. */
  readonly totalCount: number;
  readonly skipped: SkippedRecords;
}

export interface AgentView extends DecodedView {
  /** When the gateway received the response, in epoch milliseconds. */
  readonly observedAtMs: number;
  /** The time that the durations are of, in epoch milliseconds: the window that was asked for, in whole minutes. */
  readonly time: ViewTime;
}

/** The agent view of the Key Messaging Metrics API: agents' live status. */
export class AgentViewApi {
  readonly #views = new DecodedBodyCache<DecodedView>();

  constructor(
    private readonly http: UpstreamHttpClient,
    private readonly reportSkipped: ReportSkipped,
    private readonly now: () => number,
  ) {}

  /** @throws UpstreamError where the upstream does not do what is asked */
  async view(
    call: CallContext,
    accountId: string,
    filter: AgentViewFilter,
    range: AgentViewRange,
    demand: AgentDemand,
  ): Promise<AgentView> {
    const time = timeOf(filter.window, this.now());
    const { body, sharingKey } = encodeQuery(filter, demand, time);
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
    const observedAtMs = this.now();
    const view = this.#views.decoded(request, response, (json) =>
      decodeView({ accountId, filter, range, demand }, json),
    );
    this.reportSkipped(call, request, view.skipped);
    return { ...view, observedAtMs, time };
  }
}

/** Sorted, so that the pages of one view do not overlap. */
function pathOf(accountId: string, { offset, limit, descending = false }: AgentViewRange): string {
  const account = encodeURIComponent(accountId);
  const query = `offset=${offset}&limit=${limit}&sort=agentId:${descending ? "desc" : "asc"}`;
  return `/manager_workspace/api/account/${account}/agent_view?${query}`;
}

interface ViewQuestion {
  readonly accountId: string;
  readonly filter: AgentViewFilter;
  readonly range: AgentViewRange;
  readonly demand: AgentDemand;
}

function decodeView(
  { accountId, filter, range, demand }: ViewQuestion,
  json: unknown,
): DecodedView | undefined {
  const withTime = demand.durations !== undefined && demand.durations.size > 0;
  if (!isJsonObject(json) || !Array.isArray(json["agentViewRecords"])) return undefined;
  const wire: readonly unknown[] = json["agentViewRecords"];
  const totalCount = decodeCount(json["metadata"]) ?? countOf(wire.length, filter, range);
  if (totalCount === undefined) return undefined;
  const read = decodeRecords(upstreamOperations.viewAgents, wire, "agentId", (item) =>
    decodeAgent(accountId, item, withTime),
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
