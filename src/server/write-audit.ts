import { createHash } from "node:crypto";

import type { Logger, Metrics } from "../observability/index.js";
import type { WriteObserver } from "../status-reasons/index.js";

/** Characters of a fingerprint: enough to tell callers apart, and no use to find the token. */
const fingerprintLength = 16;

/**
 * Audits writes: one log line for each that was sent upstream, and counters. The line says who wrote, by the fingerprint of the
 * caller's credentials, where, what, and what it came to.
 */
export function auditingTo(logger: Logger, { writes }: Pick<Metrics, "writes">): WriteObserver {
  return {
    writeEnded: ({ authorization, requestId }, { operation, accountId, ids, count, outcome }) => {
      writes.writeEnded(operation, outcome);
      const caller = authorization === undefined ? null : fingerprintOf(authorization);
      logger.info(
        { requestId, caller, accountId, upstreamOperation: operation, ids, count, outcome },
        "write",
      );
    },
    batchEnded: (kind, outcomes) => {
      for (const outcome of outcomes) writes.batchItemEnded(kind, outcome);
    },
  };
}

/** The same for the same credentials, in any process: the start of their SHA-256 in hexadecimal, without `Bearer`. */
export function fingerprintOf(authorization: string): string {
  const credentials = authorization.replace(/^\S+\s+/, "");
  return createHash("sha256").update(credentials).digest("hex").slice(0, fingerprintLength);
}
