import type { UpstreamCall } from "../call.js";
import type { UpstreamRequest } from "../request.js";

/** A read, on whose behalf, and where. */
export interface Read {
  readonly call: UpstreamCall;
  readonly request: UpstreamRequest;
  readonly origin: string;
}

/**
 * Whether two reads are the same: who asks, where, and for what. They are compared as they are, so that there is no
 * key which a token would be a part of.
 */
export function isSameRead(one: Read, other: Read): boolean {
  return (
    one.request.path === other.request.path &&
    one.call.authorization === other.call.authorization &&
    one.origin === other.origin &&
    isSameQuestion(one.request, other.request)
  );
}

function isSameQuestion(one: UpstreamRequest, other: UpstreamRequest): boolean {
  return (
    one.accountId === other.accountId &&
    one.service === other.service &&
    one.operation === other.operation &&
    one.method === other.method &&
    one.flightKey === other.flightKey &&
    // Bodies that have a flight key may differ in what nobody asked for.
    (one.flightKey !== undefined || one.body === other.body)
  );
}
