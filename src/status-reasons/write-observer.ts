import type { CallContext } from "../upstream/http/index.js";
import type { ItemOutcome } from "./outcome.js";

/** A write that was attempted, with its repetitions after conflicts, and has ended. */
export interface EndedWrite {
  /** The upstream's operation, such as `updateStatusReason`. */
  readonly operation: string;
  readonly accountId: string;
  /** The reasons written; empty for a create that failed. */
  readonly ids: readonly string[];
  /** How many reasons it was about. */
  readonly count: number;
  readonly outcome: Exclude<ItemOutcome, "NOT_TRIED">;
}

/** The kinds of writes of several reasons. */
export const batchKinds = ["update", "delete", "apply"] as const;

export type BatchKind = (typeof batchKinds)[number];

/** Receives what was written, for the audit log and metrics. Must not throw. */
export interface WriteObserver {
  writeEnded?(call: CallContext, write: EndedWrite): void;
  /** @param outcomes of all items, also of those for which nothing was sent */
  batchEnded?(kind: BatchKind, outcomes: readonly ItemOutcome[]): void;
}
