import type { StatusReasonChange } from "../upstream/api/index.js";
import type { AppliedState, ApplyOptions, DesiredState } from "./desired-state.js";
import type { BatchResult } from "./outcome.js";

/** An update of one reason among several. */
export interface BatchUpdate {
  readonly id: string;
  /** What is left out stays. */
  readonly change: StatusReasonChange;
}

/** Writes of several reasons of one account: one list read, then one write after the other. */
export interface ManyWrites {
  /**
   * Changes up to 100 reasons.
   *
   * @throws BatchInputError before any write: too many items, an id twice, unknown or deleted, texts that are alike
   * @throws UpstreamError where the reasons cannot be read; nothing was written then
   */
  updateMany(accountId: string, items: readonly BatchUpdate[]): Promise<BatchResult>;

  /**
   * Deletes up to 100 reasons; one that is deleted already is UNCHANGED.
   *
   * @throws BatchInputError before any write: too many ids, one twice or unknown
   * @throws UpstreamError where the reasons cannot be read; nothing was written then
   */
  deleteMany(accountId: string, ids: readonly string[]): Promise<BatchResult>;

  /**
   * Brings an account's reasons to a desired state. Interrupted and called again with the same input, it arrives.
   *
   * @throws BatchInputError before any write: see {@link DesiredState}, and all that updateMany and deleteMany refuse
   * @throws UpstreamConflictError where the account is not at `ifRevision`; nothing was written then
   * @throws UpstreamError where the reasons cannot be read; nothing was written then
   */
  applyDesiredState(accountId: string, desired: DesiredState, options?: ApplyOptions): Promise<AppliedState>;
}
