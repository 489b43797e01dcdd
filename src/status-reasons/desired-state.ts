import type {
  AgentState,
  KnownAgentState,
  NewStatusReason,
  Revised,
  StatusReasonRecord,
} from "../upstream/api/index.js";
import type { ItemResult } from "./outcome.js";

/** A reason as it is to be. */
export interface DesiredReason extends NewStatusReason {
  /** The reason that is to be like this; without an id, the one that has the text, or a new one. */
  readonly id?: string | null | undefined;
}

/** What an account's reasons are to be. */
export interface DesiredState {
  /** At most 100. */
  readonly reasons: readonly DesiredReason[];
  /** Whether reasons that are not in `reasons` are deleted. */
  readonly deleteOthers: boolean;
  /** Confirms that all reasons are to be deleted: needed with `deleteOthers` and no `reasons`. */
  readonly confirmDeleteAll: boolean;
  /** Whether to plan only, and write nothing. */
  readonly dryRun: boolean;
}

export interface ApplyOptions {
  /** The revision that the plan must be made from; another one is a conflict, and nothing is written. */
  readonly ifRevision?: string | null | undefined;
  /** Called before the first upstream write and after each one. */
  readonly onProgress?: ((written: number, total: number) => void) | undefined;
  /** Asked before each upstream write; once it is true, what remains is NOT_TRIED. A person has pressed Ctrl-C, for one. */
  readonly shouldStop?: (() => boolean) | undefined;
}

/** What a plan does about one reason. */
export const PlannedAction = {
  CREATE: "CREATE",
  UPDATE: "UPDATE",
  DELETE: "DELETE",
  KEEP: "KEEP",
} as const;

export type PlannedAction = (typeof PlannedAction)[keyof typeof PlannedAction];

/** One attribute that an update changes. */
export type AttributeChange =
  | { readonly attribute: "text"; readonly from: string; readonly to: string }
  | { readonly attribute: "state"; readonly from: AgentState; readonly to: KnownAgentState }
  | { readonly attribute: "enabled"; readonly from: boolean; readonly to: boolean };

/** What is planned for one reason. */
export interface PlannedItem {
  readonly action: PlannedAction;
  /** The reason's place in {@link DesiredState.reasons}; undefined for a DELETE. */
  readonly index: number | undefined;
  /** The reason before; null for a CREATE. */
  readonly before: StatusReasonRecord | null;
  /** What an UPDATE changes; empty for the others. */
  readonly changes: readonly AttributeChange[];
}

/** A planned item and, unless it was a dry run, what became of it. */
export interface AppliedItem extends PlannedItem {
  /** undefined in a dry run. A KEEP is UNCHANGED. */
  readonly result: ItemResult | undefined;
}

/**
 * The plan: an item for each desired reason, in the order given, then those that are to be deleted. The revision is the one
 * after the last write, as far as it is known; in a dry run the one that the plan was made from.
 */
export type AppliedState = Revised<readonly AppliedItem[]>;
