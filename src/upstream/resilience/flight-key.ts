import { createHash } from "node:crypto";

import type { UpstreamRequest } from "../request.js";
import type { FlightKey } from "./single-flight.js";

/**
 * What makes two reads the same: who asks (by a digest, so that no token lies about in a key), where, and
 * for what. They are grouped by account, because a write ends the sharing of all of its account's reads.
 */
export function flightKeyOf(request: UpstreamRequest, origin: string, authorization: string): FlightKey {
  const { accountId, service, operation, method, path, flightKey, body, ifMatch } = request;
  const caller = createHash("sha256").update(authorization).digest("base64url");
  const wanted = flightKey === undefined ? ["body", body] : ["key", flightKey];
  // As JSON, no two lists of parts look the same.
  const parts = [caller, accountId, origin, service, operation, method, path, ifMatch, wanted];
  return { group: accountId, key: JSON.stringify(parts) };
}
