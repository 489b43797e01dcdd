import { LRUCache } from "lru-cache";

import type { Logger } from "../../observability/index.js";
import type { CallContext, UpstreamObserver, UpstreamOperation, UpstreamRequest } from "../http/index.js";
import { decodeId, isJsonObject } from "../../lib/index.js";
import { UpstreamError } from "../http/index.js";

/** The records of a list that could not be decoded and are left out of it. */
export interface SkippedRecords {
  readonly count: number;
  /**
   * Tells a record that was skipped from one that does not exist.
   *
   * @param id an id that the list does not have
   * @returns an error where a skipped record has this id, or may have it because its id cannot be decoded either;
   *   undefined where there is no such record
   */
  errorOf(id: string): UpstreamError | undefined;
}

/** The records of a list that could be decoded, and those that were skipped. */
export interface RecordList<T> {
  readonly records: readonly T[];
  readonly skipped: SkippedRecords;
}

const noneSkipped: SkippedRecords = Object.freeze({ count: 0, errorOf: () => undefined });

/**
 * Decodes the records of a list one by one, so that an invalid one does not take the others away.
 *
 * @param decode returns undefined for a record that is not what the contract says
 * @param idName the field that holds a record's id
 * @returns undefined where there are records but none can be decoded: that is no list of such records
 */
export function decodeRecords<T>(
  operation: UpstreamOperation,
  wire: readonly unknown[],
  idName: string,
  decode: (wire: unknown) => T | undefined,
): RecordList<T> | undefined {
  const records: T[] = [];
  const invalid: unknown[] = [];
  for (const item of wire) {
    const record = decode(item);
    if (record === undefined) invalid.push(item);
    else records.push(record);
  }
  if (records.length === 0 && invalid.length > 0) return undefined;
  const skipped = invalid.length === 0 ? noneSkipped : skippedRecordsOf(operation, invalid, idName);
  return { records: Object.freeze(records), skipped };
}

function skippedRecordsOf(
  { service, operation, intent }: UpstreamOperation,
  invalid: readonly unknown[],
  idName: string,
): SkippedRecords {
  const ids = new Set(invalid.map((item) => (isJsonObject(item) ? decodeId(item[idName]) : undefined)));
  const hasUnknownId = ids.has(undefined);
  const error = new UpstreamError("invalid-response", { service, operation, intent }, { status: 200 });
  return Object.freeze({
    count: invalid.length,
    errorOf: (id: string) => (hasUnknownId || ids.has(id) ? error : undefined),
  });
}

/** Called with the skipped records of each response. */
export type ReportSkipped = (call: CallContext, request: UpstreamRequest, skipped: SkippedRecords) => void;

/** How long the same account and endpoint are not logged again. */
const quietMs = 60_000;
const maxReported = 1000;

/** Counts skipped records and logs a warning once a minute for each account and endpoint, without any of their bytes. */
export function createSkipReporter(
  observer: UpstreamObserver,
  logger: Pick<Logger, "warn"> | undefined,
): ReportSkipped {
  const reported = new LRUCache<string, true>({ max: maxReported, ttl: quietMs });
  return ({ requestId }, { service, operation, intent, accountId }, { count }) => {
    if (count === 0) return;
    observer.recordsSkipped?.({ service, operation, intent }, count);
    const key = `${operation} ${accountId}`;
    if (reported.has(key)) return;
    reported.set(key, true);
    logger?.warn(
      { requestId, accountId, service, operation, count },
      "records that cannot be read are left out",
    );
  };
}
