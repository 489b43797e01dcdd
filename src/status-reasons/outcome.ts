import type { StatusReasonRecord } from "../upstream/api/index.js";
import type { UpstreamError } from "../upstream/http/index.js";

/** The outcome of one write of several. Never more than is known. */
export const ItemOutcome = {
  /** The upstream has confirmed the write, or a later read has shown it. */
  DONE: "DONE",
  /** There was nothing to do: the reason already was as wanted. */
  UNCHANGED: "UNCHANGED",
  /** Refused: the change was not made, or only the part of it that the reason shows. */
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
