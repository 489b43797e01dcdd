import { createHash } from "node:crypto";

import { requestIdsOf } from "../observability/index.js";
import type { Logger, Metrics } from "../observability/index.js";
import { batchKinds, ItemOutcome } from "../status-reasons/index.js";
import type { WriteObserver } from "../status-reasons/index.js";
import { upstreamOperations } from "../upstream/api/index.js";

/** Characters of a fingerprint: enough to tell callers apart, and no use to find the token. */
const fingerprintLength = 16;

const writeOperations = Object.values(upstreamOperations).filter(({ intent }) => intent === "write");

/**
 * Audits writes: one log line for each that was attempted, and counters. The line says who wrote, by the fingerprint of the
 * caller's credentials, where, what, and what it came to.
 */
export function auditingTo(logger: Logger, { writes }: Pick<Metrics, "writes">): WriteObserver {
  // From the start, so that a first increase is seen as one.
  for (const outcome of Object.values(ItemOutcome)) {
    for (const kind of batchKinds) writes.batchItemsEnded(kind, outcome, 0);
    if (outcome === ItemOutcome.NOT_TRIED) continue;
    for (const { operation } of writeOperations) writes.writesEnded(operation, outcome, 0);
  }
  return {
    writeEnded: (call, { operation, accountId, ids, count, outcome }) => {
      writes.writesEnded(operation, outcome, 1);
      const { authorization } = call;
      const caller = authorization === undefined ? null : fingerprintOf(authorization);
      logger.info(
        { ...requestIdsOf(call), caller, accountId, upstreamOperation: operation, ids, count, outcome },
        "write",
      );
    },
    batchEnded: (kind, outcomes) => {
      for (const outcome of outcomes) writes.batchItemsEnded(kind, outcome, 1);
    },
  };
}

/** The same for the same credentials, in any process: the start of their SHA-256 in hexadecimal, without `Bearer`. */
export function fingerprintOf(authorization: string): string {
  const credentials = authorization.replace(/^\S+\s+/, "");
  return createHash("sha256").update(credentials).digest("hex").slice(0, fingerprintLength);
}
