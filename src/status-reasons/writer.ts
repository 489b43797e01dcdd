import { upstreamOperations } from "../upstream/api/index.js";
import type {
  NewStatusReason,
  Revised,
  StatusReasonChange,
  StatusReasonRecord,
} from "../upstream/api/index.js";
import type { CallContext } from "../upstream/http/index.js";
import { UpstreamError } from "../upstream/http/index.js";
import type { Upstream } from "../upstream/index.js";
import { applyDesiredState } from "./apply.js";
import { deleteMany, updateMany } from "./batch.js";
import type { BatchUpdate } from "./batch-input.js";
import type { AppliedState, ApplyOptions, DesiredState } from "./desired-state.js";
import { SingleReads } from "./follow-up-reads.js";
import type { BatchResult } from "./outcome.js";
import { ReasonWrites } from "./reason-writes.js";
import type { WriteServices } from "./reason-writes.js";
import type { WriteObserver } from "./write-observer.js";

/** Which reason to write, and the revision the caller insists on, if any. */
export interface WriteTarget {
  readonly accountId: string;
  readonly id: string;
  /** Sent as `If-Match` unchanged; a stale one is a conflict for the caller to resolve. */
  readonly ifRevision?: string | null | undefined;
}

/** Called with the account when a write has ended, also with an error: what was read before may be outdated. */
export type OnWritten = (accountId: string) => void;

/** Writes the status reasons of any account in the name of one caller; made once for a GraphQL request. */
export class StatusReasonWriter {
  readonly #services: WriteServices;
  readonly #writes: ReasonWrites;

  /** @param observer told of each write, for the audit log and metrics */
  constructor(
    { statusReasons: api, backoffBaseMs }: Pick<Upstream, "statusReasons" | "backoffBaseMs">,
    call: CallContext,
    private readonly onWritten: OnWritten,
    observer: WriteObserver = {},
  ) {
    this.#services = { api, call, backoffBaseMs, observer };
    this.#writes = new ReasonWrites(this.#services, new SingleReads(api, call));
  }

  /** @throws UpstreamConflictError where the text is taken */
  create(accountId: string, reason: NewStatusReason): Promise<Revised<StatusReasonRecord>> {
    return this.#written(accountId, () => this.#writes.create(accountId, reason));
  }

  /** @throws UpstreamConflictError where one of the texts is taken; then none is created */
  createMany(
    accountId: string,
    reasons: readonly NewStatusReason[],
  ): Promise<Revised<readonly StatusReasonRecord[]>> {
    return this.#written(accountId, () => this.#writes.createMany(accountId, reasons));
  }

  /**
   * Changes a reason: reads it, merges, and puts the whole object back under the revision it was read at.
   *
   * @throws UpstreamConflictError where the text is taken, or somebody else changed the same attributes
   */
  update(target: WriteTarget, change: StatusReasonChange): Promise<Revised<StatusReasonRecord>> {
    const { accountId, ifRevision } = target;
    return this.#written(accountId, async () =>
      this.#writes.update(await this.#read(target), change, ifRevision ?? undefined),
    );
  }

  /**
   * Deletes a reason, by the same rules as an update.
   *
   * @returns the reason as it was, with `deleted: true`
   */
  delete(target: WriteTarget): Promise<Revised<StatusReasonRecord>> {
    const { accountId, ifRevision } = target;
    return this.#written(accountId, async () =>
      this.#writes.delete(await this.#read(target), ifRevision ?? undefined),
    );
  }

  /**
   * Changes up to 100 reasons: one list read, then one write after the other in the order given, each by the rules of
   * {@link update}. An item that fails for its own sake leaves the others alone. An error that the next item would meet too
   * (429, 401, 403, the deadline, no connection) or an unknown outcome ends the batch.
   *
   * @throws BatchInputError before any write: too many items, an id twice, unknown or deleted, texts that are alike
   * @throws UpstreamError where the reasons cannot be read; nothing was written then
   */
  updateMany(accountId: string, items: readonly BatchUpdate[]): Promise<BatchResult> {
    return this.#written(accountId, () => updateMany(this.#services, accountId, items));
  }

  /**
   * Deletes up to 100 reasons, by the same rules; one that is deleted already is UNCHANGED.
   *
   * @throws BatchInputError before any write: too many ids, one twice or unknown
   * @throws UpstreamError where the reasons cannot be read; nothing was written then
   */
  deleteMany(accountId: string, ids: readonly string[]): Promise<BatchResult> {
    return this.#written(accountId, () => deleteMany(this.#services, accountId, ids));
  }

  /**
   * Brings an account's reasons to a desired state. Interrupted at any point and called again with the same input, it
   * arrives.
   *
   * @throws BatchInputError before any write: what is wrong with the desired state, or does not fit the account
   * @throws UpstreamConflictError where the account is not at `ifRevision`; nothing was written then
   * @throws UpstreamError where the reasons cannot be read; nothing was written then
   */
  applyDesiredState(
    accountId: string,
    desired: DesiredState,
    options: ApplyOptions = {},
  ): Promise<AppliedState> {
    const apply = () => applyDesiredState(this.#services, accountId, desired, options);
    return desired.dryRun ? apply() : this.#written(accountId, apply);
  }

  async #written<T>(accountId: string, write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } finally {
      this.onWritten(accountId);
    }
  }

  /**
   * @throws UpstreamError `not-found` where there is no such reason, or it is deleted, or no such account: a 404 by id says
   *   the one or the other, and the list tells which
   */
  async #read({ accountId, id }: WriteTarget): Promise<Revised<StatusReasonRecord>> {
    const { api, call } = this.#services;
    const { value, revision } = await api.byId(call, accountId, id);
    if (value === null) await api.list(call, accountId, false);
    if (value === null || value.deleted) {
      const details = value === null ? { status: 404 } : {};
      throw new UpstreamError("not-found", upstreamOperations.getStatusReason, details);
    }
    return { value, revision };
  }
}
