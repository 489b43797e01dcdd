import type { CallContext, UpstreamHttpClient, UpstreamRequest } from "../http/index.js";
import { decodedBody, UpstreamError } from "../http/index.js";
import { isJsonObject } from "../../lib/index.js";
import { statusChangesCap } from "../../wire/index.js";
import { upstreamOperations } from "./operations.js";
import { decodeRecords } from "./record-list.js";
import type { RecordList, ReportSkipped } from "./record-list.js";
import { compareChanges, decodeStatusChange } from "./status-change.record.js";
import type { StatusChangeRecord } from "./status-change.record.js";

/** How the gateway names itself to the API, which requires a name. */
const source = "status-reason-gateway";

/** The most changes that are read of one agent and window: more than one every five minutes of a month. */
const maxChanges = 10_000;

/** The period of changes; at most a month long. */
export interface ActivityWindow {
  readonly from: Date;
  readonly to: Date;
}

/** One response of the API. */
interface ChangesPage extends RecordList<StatusChangeRecord> {
  /** With those that were skipped. */
  readonly count: number;
  readonly isLast: boolean;
}

/** The Agent Activity API: the history of agents' statuses. It accepts machine credentials only, no person's bearer token. */
export class AgentActivityApi {
  constructor(
    private readonly http: UpstreamHttpClient,
    private readonly reportSkipped: ReportSkipped,
  ) {}

  /**
   * An agent's changes in a window, oldest first. The API promises no order, so the whole window is read: one call, and
   * one more for each further {@link statusChangesCap} changes.
   *
   * @throws UpstreamError where the upstream does not do what is asked; `bad-request` where the window has too many changes
   */
  async statusChanges(
    call: CallContext,
    accountId: string,
    agentId: string,
    window: ActivityWindow,
  ): Promise<readonly StatusChangeRecord[]> {
    const changes: StatusChangeRecord[] = [];
    for (let offset = 0; offset < maxChanges;) {
      const path = pathOf(accountId, agentId, window, offset);
      const { records, count, isLast } = await this.#page(call, accountId, agentId, path);
      changes.push(...records);
      if (isLast) return changes.sort(compareChanges);
      offset += count;
    }
    throw new UpstreamError("bad-request", upstreamOperations.listStatusChanges, {
      explanation: `The agent has more than ${maxChanges} status changes from \`from\` to \`to\`: ask for a shorter period.`,
    });
  }

  async #page(call: CallContext, accountId: string, agentId: string, path: string): Promise<ChangesPage> {
    const request: UpstreamRequest = {
      ...upstreamOperations.listStatusChanges,
      accountId,
      method: "GET",
      path,
      success: [200],
    };
    const response = await this.http.send(call, request);
    const page = decodedBody(request, response, (json) => decodePage(accountId, agentId, json));
    this.reportSkipped(call, request, page.skipped);
    return page;
  }
}

function pathOf(accountId: string, agentId: string, { from, to }: ActivityWindow, offset: number): string {
  const query = new URLSearchParams({
    v: "2",
    source,
    from: from.toISOString(),
    to: to.toISOString(),
    agentId,
    limit: String(statusChangesCap),
    offset: String(offset),
  });
  return `/api/v2/account/${encodeURIComponent(accountId)}/status-changes?${query.toString()}`;
}

function decodePage(accountId: string, agentId: string, json: unknown): ChangesPage | undefined {
  if (!isJsonObject(json) || !Array.isArray(json["stateChanges"])) return undefined;
  const wire: readonly unknown[] = json["stateChanges"];
  const list = decodeRecords(upstreamOperations.listStatusChanges, wire, "agentId", (item) =>
    decodeStatusChange(accountId, agentId, item),
  );
  const isLast = wire.length === 0 || (wire.length < statusChangesCap && !hasNext(json["_metadata"]));
  return list && { ...list, count: wire.length, isLast };
}

/** Whether the upstream links to a next page: it may send fewer changes than `limit` allows. */
function hasNext(metadata: unknown): boolean {
  const references = isJsonObject(metadata) ? metadata["references"] : undefined;
  return Array.isArray(references) && references.some((link) => isJsonObject(link) && link["rel"] === "next");
}
