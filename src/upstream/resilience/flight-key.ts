import { hash } from "node:crypto";

import type { UpstreamRequest } from "../request.js";
import type { FlightKey } from "./single-flight.js";

/**
 * What makes two reads the same: who asks (by a digest, so that no token lies about in a key), where, and
 * for what. They are grouped by account, because a write ends the sharing of all of its account's reads.
 */
export function flightKeyOf(request: UpstreamRequest, origin: string, authorization: string): FlightKey {
  const { accountId, service, operation, method, path, flightKey, body = "" } = request;
  const caller = hash("sha256", authorization, "base64url");
  const wanted = flightKey === undefined ? `body ${body}` : `key ${flightKey}`;
  // Only the last part may have a space in it, so no two lists of parts look the same.
  const what = `${accountId} ${service} ${operation} ${method} ${path} ${wanted}`;
  return { group: accountId, key: `${caller} ${origin} ${what}` };
}
