import { UpstreamError } from "../upstream/http/index.js";
import type { CallContext } from "../upstream/http/index.js";
import type { StatusReasonApi, StatusReasonList, StatusReasonRecord } from "../upstream/api/index.js";
import { Channel } from "./channel.js";
import type { Poller, Snapshot } from "./poller.js";

/** The changes of an account's reasons since the previous event; all reasons in the first event. */
export interface StatusReasonsChange {
  /** In the upstream's order. Reasons that were deleted, or are missing from the list, have `deleted: true`. */
  readonly changed: readonly StatusReasonRecord[];
  readonly revision: string | null;
  readonly observedAt: Date;
  readonly stale: boolean;
  /** All reasons of the account, including the deleted ones. */
  readonly list: StatusReasonList;
}

/** The fields that an operation selects of reasons and their changes. Changes of other fields cause no event. */
export interface StatusReasonsSelection {
  /** Fields of `StatusReasonsChange`. */
  readonly change: ReadonlySet<string>;
  /** Fields of `StatusReason`. */
  readonly reason: ReadonlySet<string>;
}

/** The selectable fields of a reason in a list, without its keys, which cannot change. */
const comparedFields = ["text", "state", "enabled", "deleted"] as const;

/** Every n-th poll requests the whole list unconditionally. */
const conditionalPolls = 12;

/**
 * Creates a function that requests all reasons of an account. Requests carry the known revision, to which some services
 * respond with 304. This is optional: after a service has refused such a request, the revision is left out.
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

/** Returns `previous` for an unchanged list. Responses with the same bytes yield the same decoded records. */
function sameOr(previous: StatusReasonList | undefined, list: StatusReasonList): StatusReasonList {
  const isSame = list.value === previous?.value && list.revision === previous.revision;
  return isSame ? previous : list;
}

/** Creates the channel of the changes of an account's reasons, shared by all subscriptions with the same selection. */
export function statusReasonsChannel(
  poller: Poller<StatusReasonList>,
  selection: StatusReasonsSelection,
): Channel<Snapshot<StatusReasonList>, StatusReasonsChange> {
  return new Channel({
    dependsOnTime: false,
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
    // A deletion is reported even if `deleted` is not selected: to many clients it means that the reason is gone.
    return old?.deleted !== reason.deleted || !isSameReason(old, reason, selected);
  });
  const gone = [...known.values()].filter((reason) => !reason.deleted);
  return [...changed, ...gone.map((reason) => Object.freeze({ ...reason, deleted: true }))];
}

/** Whether two records of one reason are equal in all selected fields. */
export function isSameReason(
  one: StatusReasonRecord | undefined,
  other: StatusReasonRecord | undefined,
  selected: ReadonlySet<string>,
): boolean {
  if (one === undefined || other === undefined) return one === other;
  return comparedFields.every((field) => !selected.has(field) || one[field] === other[field]);
}
