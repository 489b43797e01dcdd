import { LRUCache } from "lru-cache";

import type { Logger } from "../../observability/index.js";
import type { CallContext, UpstreamObserver, UpstreamOperation, UpstreamRequest } from "../http/index.js";
import { decodeId, isJsonObject } from "../../lib/index.js";
import { UpstreamError } from "../http/index.js";

/** What of a list could not be read and is left out of it. */
export interface Unreadable {
  readonly count: number;
  /**
   * What a look-up of an id comes to that the list does not have.
   *
   * @returns undefined where the list has no such record; an error where one that could not be read has this id, or
   *   may have it because its id could not be read either
   */
  errorOf(id: string): UpstreamError | undefined;
}

/** The records of a list, and what was left out. */
export interface ReadRecords<T> {
  readonly records: readonly T[];
  readonly unreadable: Unreadable;
}

const nothing: Unreadable = Object.freeze({ count: 0, errorOf: () => undefined });

/**
 * Decodes the records of a list one by one, so that one that is odd takes no other away.
 *
 * @param decode answers undefined for a record that is not what the contract says
 * @param idName the field that holds a record's id
 * @returns undefined where there are records but none can be read: that is no list of such records
 */
export function readRecords<T>(
  operation: UpstreamOperation,
  wire: readonly unknown[],
  idName: string,
  decode: (wire: unknown) => T | undefined,
): ReadRecords<T> | undefined {
  const records: T[] = [];
  const odd: unknown[] = [];
  for (const item of wire) {
    const record = decode(item);
    if (record === undefined) odd.push(item);
    else records.push(record);
  }
  if (records.length === 0 && odd.length > 0) return undefined;
  const unreadable = odd.length === 0 ? nothing : unreadableOf(operation, odd, idName);
  return { records: Object.freeze(records), unreadable };
}

function unreadableOf(
  { service, operation, intent }: UpstreamOperation,
  odd: readonly unknown[],
  idName: string,
): Unreadable {
  const ids = new Set(odd.map((item) => (isJsonObject(item) ? decodeId(item[idName]) : undefined)));
  const isAnyNameless = ids.has(undefined);
  const error = new UpstreamError("invalid-response", { service, operation, intent }, { status: 200 });
  return Object.freeze({
    count: odd.length,
    errorOf: (id: string) => (isAnyNameless || ids.has(id) ? error : undefined),
  });
}

/** Told of each answer that had records which could not be read. */
export type NoteUnreadable = (call: CallContext, request: UpstreamRequest, unreadable: Unreadable) => void;

/** Where an answer says the same again and again, one line tells of it for so long. */
const quietMs = 60_000;
const maxQuiet = 1000;

/** Counts them, and warns of them: once a minute for each account and endpoint, with no byte of the answer. */
export function unreadableNotes(
  observer: UpstreamObserver,
  logger: Pick<Logger, "warn"> | undefined,
): NoteUnreadable {
  const told = new LRUCache<string, true>({ max: maxQuiet, ttl: quietMs });
  return ({ requestId }, { service, operation, intent, accountId }, { count }) => {
    if (count === 0) return;
    observer.recordsUnreadable?.({ service, operation, intent }, count);
    const key = `${operation} ${accountId}`;
    if (told.has(key)) return;
    told.set(key, true);
    logger?.warn(
      { requestId, accountId, service, operation, count },
      "records that cannot be read are left out",
    );
  };
}
