import { UpstreamError } from "../upstream/http/index.js";
import type { CallContext } from "../upstream/http/index.js";
import type { StatusReasonApi, StatusReasonList, StatusReasonRecord } from "../upstream/api/index.js";
import { Channel } from "./channel.js";
import type { Poller, Snapshot } from "./poller.js";

/** What changed of an account's reasons since the event before; all of them in the first event. */
export interface StatusReasonsChange {
  /** In the upstream's order; those that were deleted or are gone have `deleted: true`. */
  readonly changed: readonly StatusReasonRecord[];
  readonly revision: string | null;
  readonly observedAt: Date;
  readonly stale: boolean;
  /** All reasons of the account as they were seen, the deleted ones too. */
  readonly list: StatusReasonList;
}

/** What an operation selects of reasons and their changes: nothing else makes an event. */
export interface StatusReasonsSelection {
  /** Of `StatusReasonsChange`. */
  readonly change: ReadonlySet<string>;
  /** Of `StatusReason`. */
  readonly reason: ReadonlySet<string>;
}

/** The fields of a reason that an operation can select and a list shows; its keys cannot change. */
const comparedFields = ["text", "state", "enabled", "deleted"] as const;

/** One poll in so many asks for the whole list, whatever the upstream said of the revision. */
const conditionalPolls = 12;

/**
 * Asks for all reasons of an account. The question carries the revision that is known: some services of the family
 * answer 304 then. It is not relied on, and left out after a service has refused it.
 */
export function askStatusReasons(api: StatusReasonApi, accountId: string) {
  let polls = 0;
  let isConditional = true;
  return async (context: CallContext, previous: StatusReasonList | undefined): Promise<StatusReasonList> => {
    polls += 1;
    const known = isConditional && polls % conditionalPolls !== 0 ? previous : undefined;
    if (known === undefined) return sameOr(previous, await api.list(context, accountId, true));
    try {
      return sameOr(previous, await api.listUnless(context, accountId, known));
    } catch (error) {
      if (!isRefusedCondition(error)) throw error;
      isConditional = false;
      return sameOr(previous, await api.list(context, accountId, true));
    }
  };
}

function isRefusedCondition(error: unknown): boolean {
  return error instanceof UpstreamError && (error.fault === "conflict" || error.fault === "bad-request");
}

/** The decoded records are the same object for the same bytes. */
function sameOr(previous: StatusReasonList | undefined, list: StatusReasonList): StatusReasonList {
  const isSame = list.value === previous?.value && list.revision === previous.revision;
  return isSame ? previous : list;
}

/** The changes of an account's reasons, for all who select the same of them. */
export function statusReasonsChannel(
  poller: Poller<StatusReasonList>,
  selection: StatusReasonsSelection,
): Channel<Snapshot<StatusReasonList>, StatusReasonsChange> {
  return new Channel({
    position: () => poller.snapshot,
    isSame: (one, other) => one.state === other.state && one.isStale === other.isStale,
    compare: (before, after) => compare(before, after, selection),
  });
}

function compare(
  before: Snapshot<StatusReasonList> | undefined,
  after: Snapshot<StatusReasonList>,
  selection: StatusReasonsSelection,
): StatusReasonsChange | undefined {
  const { value, revision } = after.state;
  const changed = before === undefined ? value : changedReasons(before.state.value, value, selection.reason);
  const isNews =
    before === undefined ||
    (selection.change.has("changed") && changed.length > 0) ||
    (selection.change.has("revision") && before.state.revision !== revision) ||
    (selection.change.has("stale") && before.isStale !== after.isStale);
  if (!isNews) return undefined;
  return { changed, revision, observedAt: after.observedAt, stale: after.isStale, list: after.state };
}

function changedReasons(
  before: readonly StatusReasonRecord[],
  after: readonly StatusReasonRecord[],
  selected: ReadonlySet<string>,
): StatusReasonRecord[] {
  if (before === after) return [];
  const known = new Map(before.map((reason) => [reason.id, reason]));
  const changed = after.filter((reason) => {
    const old = known.get(reason.id);
    known.delete(reason.id);
    // A deletion is told whatever is selected: for many it is that the reason has left.
    return old?.deleted !== reason.deleted || !isSameReason(old, reason, selected);
  });
  const gone = [...known.values()].filter((reason) => !reason.deleted);
  return [...changed, ...gone.map((reason) => Object.freeze({ ...reason, deleted: true }))];
}

/** Whether two records of one reason are the same in all that is selected. */
export function isSameReason(
  one: StatusReasonRecord | undefined,
  other: StatusReasonRecord | undefined,
  selected: ReadonlySet<string>,
): boolean {
  if (one === undefined || other === undefined) return one === other;
  return comparedFields.every((field) => !selected.has(field) || one[field] === other[field]);
}
