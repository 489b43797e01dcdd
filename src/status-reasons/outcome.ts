import type { StatusReasonRecord } from "../upstream/api/index.js";
import { UpstreamError } from "../upstream/http/index.js";
import type { UpstreamFault } from "../upstream/http/index.js";

/** The outcome of one write of several. Never more than is known. */
export const ItemOutcome = {
  /** The upstream has confirmed the write, or a later read has shown it. */
  DONE: "DONE",
  /** There was nothing to do: the reason already was as wanted. */
  UNCHANGED: "UNCHANGED",
  /** The change was not made, or only the part of it that the reason shows. */
  FAILED: "FAILED",
  /** It may have been made, or may still be: read before you write again. */
  UNKNOWN: "UNKNOWN",
  /** Nothing was sent, because an earlier write failed in a way that ends the batch, or one that this one needs failed. */
  NOT_TRIED: "NOT_TRIED",
} as const;

export type ItemOutcome = (typeof ItemOutcome)[keyof typeof ItemOutcome];

/** What became of one item. */
export interface ItemResult {
  readonly outcome: ItemOutcome;
  /** The reason as it is known to be now, deleted ones with `deleted: true`; null where there is none or it is unknown. */
  readonly statusReason: StatusReasonRecord | null;
  /** Why it FAILED, or why its outcome is UNKNOWN; undefined for all others. */
  readonly error?: UpstreamError | undefined;
}

/** An {@link ItemResult} for each item, in the order given. */
export interface BatchResult {
  readonly results: readonly ItemResult[];
  /** The revision of the collection after the last write, as far as it is known. */
  readonly revision: string | null;
}

/** The outcome of a write that failed. */
export type FailedOutcome = "FAILED" | "UNKNOWN";

/** Faults of a write that leave open whether it happened, unless the error says more. */
const openFaults: ReadonlySet<UpstreamFault> = new Set([
  "server-error",
  "timeout",
  "unavailable",
  "cut-off",
  "cancelled",
  "invalid-response",
]);

/** Faults of one item, which say nothing about the next one. */
const faultsOfItem: ReadonlySet<UpstreamFault> = new Set(["bad-request", "not-found", "conflict"]);

/**
 * What an error says about the write that failed with it. A 5xx leaves it open: it may be a proxy's, and the upstream may have
 * processed the write.
 */
export function outcomeOfError(error: unknown): FailedOutcome {
  if (!(error instanceof UpstreamError)) return ItemOutcome.UNKNOWN;
  const { operation, outcome, fault } = error;
  if (operation.intent === "read" || outcome === "not-done") return ItemOutcome.FAILED;
  return outcome === "unknown" || openFaults.has(fault) ? ItemOutcome.UNKNOWN : ItemOutcome.FAILED;
}

/**
 * Whether a batch ends with an error. What others may cause or one item alone does not end it. A write whose outcome is
 * unknown does: it may still be processed, and what follows was planned for one or the other.
 */
export function endsBatch({ fault }: UpstreamError): boolean {
  return !faultsOfItem.has(fault);
}
