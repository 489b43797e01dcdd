import type { CallContext, UpstreamHttpClient, UpstreamRequest, UpstreamResponse } from "../http/index.js";
import { decodedBody, DecodedBodyCache, parsedBody } from "../http/index.js";
import { stringifyJson } from "../../lib/index.js";
import { upstreamOperations } from "./operations.js";
import { decodeRevision } from "./revision.js";
import type { Revised } from "./revision.js";
import {
  decodeStatusReason,
  decodeStatusReasons,
  encodeNewStatusReason,
  encodeStatusReason,
  textKey,
} from "./status-reason.record.js";
import type { NewStatusReason, StatusReasonChange, StatusReasonRecord } from "./status-reason.record.js";
import { decodeRecords } from "./record-list.js";
import type { ReportSkipped, RecordList, SkippedRecords } from "./record-list.js";

/** A list, and the records that could not be decoded. */
export interface StatusReasonList extends Revised<readonly StatusReasonRecord[]> {
  readonly skipped: SkippedRecords;
}

type ServiceOperation = (typeof upstreamOperations)[keyof typeof upstreamOperations];

const found: readonly number[] = [200];
const foundOrNot: readonly number[] = [200, 404];
const foundOrUnchanged: readonly number[] = [200, 304];

/**
 * The Agent Status Reason API, one method an endpoint. Reads go to the read-only service, writes to the
 * read-write service. Every method throws an UpstreamError where the call fails.
 */
export class StatusReasonApi {
  readonly #lists = new DecodedBodyCache<RecordList<StatusReasonRecord>>();
  readonly #reasons = new DecodedBodyCache<StatusReasonRecord>();

  constructor(
    private readonly http: UpstreamHttpClient,
    private readonly apiVersion: string,
    private readonly reportSkipped: ReportSkipped,
  ) {}

  /** All reasons of an account that can be decoded, with the deleted ones if asked. */
  list(call: CallContext, accountId: string, includeDeleted: boolean): Promise<StatusReasonList> {
    return this.#list(call, this.#listRequest(accountId, includeDeleted));
  }

  /**
   * All reasons of an account with the deleted ones, unless the collection still has the revision of `known`. The request
   * carries that revision as `If-Match`: some services of the family then respond 304, others ignore it.
   *
   * @returns `known` itself where nothing changed
   */
  async listUnless(call: CallContext, accountId: string, known: StatusReasonList): Promise<StatusReasonList> {
    const request = this.#listRequest(accountId, true);
    if (known.revision === null) return this.#list(call, request);
    return this.#list(call, { ...request, ifMatch: known.revision, success: foundOrUnchanged }, known);
  }

  #listRequest(accountId: string, includeDeleted: boolean): UpstreamRequest {
    const query = includeDeleted ? "&include_deleted=true" : "";
    return this.#read(upstreamOperations.listStatusReasons, accountId, this.#path(accountId) + query);
  }

  async #list(
    call: CallContext,
    request: UpstreamRequest,
    known?: StatusReasonList,
  ): Promise<StatusReasonList> {
    const { accountId } = request;
    const response = await this.http.send(call, request);
    if (response.status === 304 && known !== undefined) return known;
    const { records, skipped } = this.#lists.decoded(request, response, (json) =>
      Array.isArray(json)
        ? decodeRecords(request, json, "id", (item) => decodeStatusReason(accountId, item))
        : undefined,
    );
    this.reportSkipped(call, request, skipped);
    return { value: records, revision: decodeRevision(response.headers), skipped };
  }

  /** One reason, deleted or not; null where there is none of this id. */
  async byId(call: CallContext, accountId: string, id: string): Promise<Revised<StatusReasonRecord | null>> {
    const path = `${this.#path(accountId, id)}&include_deleted=true`;
    const request = this.#read(upstreamOperations.getStatusReason, accountId, path, foundOrNot);
    const response = await this.http.send(call, request);
    const revision = decodeRevision(response.headers);
    if (response.status === 404) return { value: null, revision };
    const value = this.#reasons.decoded(request, response, (json) => decodeOne(accountId, id, json));
    return { value, revision };
  }

  async create(
    call: CallContext,
    accountId: string,
    reason: NewStatusReason,
  ): Promise<Revised<StatusReasonRecord>> {
    const body = stringifyJson(encodeNewStatusReason(reason));
    const request = this.#create(upstreamOperations.createStatusReason, accountId, body);
    const response = await this.http.send(call, request);
    return decoded(request, response, (json) => decodeStatusReason(accountId, json));
  }

  /**
   * Creates several in one call, all or none.
   *
   * @returns the created reasons in the order of `reasons`: the upstream does not guarantee an order
   */
  async createMany(
    call: CallContext,
    accountId: string,
    reasons: readonly NewStatusReason[],
  ): Promise<Revised<StatusReasonRecord[]>> {
    const body = stringifyJson(reasons.map(encodeNewStatusReason));
    const request = this.#create(upstreamOperations.createStatusReasons, accountId, body);
    const response = await this.http.send(call, request);
    return decoded(request, response, (json) =>
      alignByText(reasons, decodeStatusReasons(accountId, json) ?? []),
    );
  }

  /**
   * Replaces a reason by the whole object of `record` with `change` in it.
   *
   * @param ifMatch the revision it must still be, or -1
   * @returns the updated reason; null where the upstream says that nothing changed
   */
  async update(
    call: CallContext,
    record: StatusReasonRecord,
    change: StatusReasonChange,
    ifMatch: string,
  ): Promise<Revised<StatusReasonRecord | null>> {
    const request: UpstreamRequest = {
      ...upstreamOperations.updateStatusReason,
      accountId: record.accountId,
      path: this.#path(record.accountId, record.id),
      method: "PUT",
      ifMatch,
      body: stringifyJson(encodeStatusReason(record, change)),
      success: [200, 304],
    };
    const response = await this.http.send(call, request);
    if (response.status === 304) return { value: null, revision: decodeRevision(response.headers) };
    return decoded(request, response, (json) => decodeOne(record.accountId, record.id, json));
  }

  /**
   * Deletes a reason, softly.
   *
   * @param ifMatch the revision it must still be, or -1
   * @returns `isChanged`: false where the upstream says that nothing changed
   */
  async delete(
    call: CallContext,
    accountId: string,
    id: string,
    ifMatch: string,
  ): Promise<{ readonly isChanged: boolean; readonly revision: string | null }> {
    const request: UpstreamRequest = {
      ...upstreamOperations.deleteStatusReason,
      accountId,
      path: this.#path(accountId, id),
      method: "DELETE",
      ifMatch,
      success: [200, 204, 304],
    };
    const response = await this.http.send(call, request);
    // The contract has no body here; a page of HTML comes from a proxy.
    if (response.body.text()?.trim() !== "") parsedBody(request, response);
    return { isChanged: response.status !== 304, revision: decodeRevision(response.headers) };
  }

  #read(operation: ServiceOperation, accountId: string, path: string, success = found): UpstreamRequest {
    // Hot path: written out, because V8 is slow to extend a copy of `operation`.
    const { service, intent } = operation;
    return { service, operation: operation.operation, intent, accountId, method: "GET", path, success };
  }

  #create(operation: ServiceOperation, accountId: string, body: string): UpstreamRequest {
    // 201 in the older edition of the documentation, 200 in the current one.
    return {
      ...operation,
      accountId,
      method: "POST",
      path: this.#path(accountId),
      body,
      success: [200, 201],
    };
  }

  #path(accountId: string, id?: string): string {
    const account = encodeURIComponent(accountId);
    const item = id === undefined ? "" : `/${encodeURIComponent(id)}`;
    return `/api/account/${account}/configuration/le-agents/status-reasons${item}?v=${this.apiVersion}`;
  }
}

function decoded<T>(
  request: UpstreamRequest,
  response: UpstreamResponse,
  decode: (json: unknown) => T | undefined,
): Revised<T> {
  return { value: decodedBody(request, response, decode), revision: decodeRevision(response.headers) };
}

/** undefined also where the response is about another reason. */
function decodeOne(accountId: string, id: string, json: unknown): StatusReasonRecord | undefined {
  const record = decodeStatusReason(accountId, json);
  return record?.id === id ? record : undefined;
}

/** Matches created reasons by text, which is unique in an account. */
function alignByText(
  reasons: readonly NewStatusReason[],
  records: readonly StatusReasonRecord[],
): StatusReasonRecord[] | undefined {
  const byText = new Map(records.map((record) => [textKey(record.text), record]));
  const aligned = reasons.flatMap(({ text }) => byText.get(textKey(text)) ?? []);
  return aligned.length === reasons.length ? aligned : undefined;
}
