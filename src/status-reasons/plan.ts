import { textKey } from "../upstream/api/index.js";
import type { NewStatusReason, StatusReasonRecord } from "../upstream/api/index.js";
import type { KnownReasons } from "./account-snapshot.js";
import { checkTargets, fault, refuse } from "./batch-input.js";
import { PlannedAction } from "./desired-state.js";
import type { AttributeChange, DesiredReason, DesiredState, PlannedItem } from "./desired-state.js";
import { hasChange } from "./reason-writes.js";
import { looseTextKey } from "./text.js";

/** A planned item with what its writes need. */
export interface ItemPlan extends PlannedItem {
  /** The reason as it is to be, its text trimmed; undefined for a DELETE. */
  readonly desired: DesiredReason | undefined;
}

/**
 * Plans how an account's reasons come to a desired state.
 *
 * @returns an item for each desired reason, in the order given, then those to be deleted
 * @throws BatchInputError where the desired state does not fit the account
 */
export function planItems({ reasons, deleteOthers }: DesiredState, snapshot: KnownReasons): ItemPlan[] {
  checkTargets(
    snapshot,
    reasons.flatMap(({ id }, index) => (id ? [{ path: `reasons.${index}.id`, value: id }] : [])),
  );
  const desired = reasons.map((reason) => ({ ...reason, text: reason.text.trim() }));
  const live = [...snapshot.records.values()].filter((record) => !record.deleted);
  const matches = matchReasons(desired, live);
  const others = live.filter((record) => !matches.includes(record));
  if (!deleteOthers) checkTextsAreFree(desired, matches, others);
  return [
    ...desired.map((reason, index) => itemOf(reason, index, matches[index] ?? null)),
    ...(deleteOthers ? others.map(deletionOf) : []),
  ];
}

/**
 * Finds the reason that each desired one is: by id, else by the text as the upstream compares it, else by one that looks
 * alike, which the upstream may take for the same.
 *
 * @returns undefined where there is none
 */
function matchReasons(
  desired: readonly DesiredReason[],
  live: readonly StatusReasonRecord[],
): (StatusReasonRecord | undefined)[] {
  const byId = new Map(live.map((record) => [record.id, record]));
  const matches = desired.map(({ id }) => (id ? byId.get(id) : undefined));
  const matched = new Set(matches);
  for (const keyOf of [textKey, looseTextKey]) {
    const byText = holdersBy(
      keyOf,
      live.filter((record) => !matched.has(record)),
    );
    for (const [index, { text }] of desired.entries()) {
      const found = byText.get(keyOf(text));
      if (matches[index] !== undefined || found === undefined) continue;
      matches[index] = found;
      matched.add(found);
    }
  }
  return matches;
}

/**
 * A text that another reason keeps cannot be taken, nor one that looks like it: that is known before any write. Reasons that
 * look alike already are left alone.
 */
function checkTextsAreFree(
  desired: readonly DesiredReason[],
  matches: readonly (StatusReasonRecord | undefined)[],
  others: readonly StatusReasonRecord[],
): void {
  const holders = holdersBy(textKey, others);
  const lookAlikes = holdersBy(looseTextKey, others);
  refuse(
    desired.flatMap(({ text }, index) => {
      const key = looseTextKey(text);
      const before = matches[index]?.text;
      const isAlikeAlready = before !== undefined && looseTextKey(before) === key;
      const holder = holders.get(textKey(text)) ?? (isAlikeAlready ? undefined : lookAlikes.get(key));
      if (holder === undefined) return [];
      const message = `is the text of reason ${holder.id}, which is to stay, or looks like it`;
      return [fault(`reasons.${index}.text`, "textIsFree", message)];
    }),
  );
}

function holdersBy(
  keyOf: (text: string) => string,
  records: readonly StatusReasonRecord[],
): Map<string, StatusReasonRecord> {
  return new Map(records.map((record) => [keyOf(record.text), record]));
}

function itemOf(desired: DesiredReason, index: number, before: StatusReasonRecord | null): ItemPlan {
  if (before === null) return { action: PlannedAction.CREATE, index, before, changes: [], desired };
  const changes = hasChange(before, desired) ? [] : changesOf(before, desired);
  const action = changes.length === 0 ? PlannedAction.KEEP : PlannedAction.UPDATE;
  return { action, index, before, changes, desired };
}

function deletionOf(before: StatusReasonRecord): ItemPlan {
  return { action: PlannedAction.DELETE, index: undefined, before, changes: [], desired: undefined };
}

/** What differs; texts that the upstream takes for the same do not. */
function changesOf(before: StatusReasonRecord, { text, state, enabled }: DesiredReason): AttributeChange[] {
  const changes: AttributeChange[] = [
    { attribute: "text", from: before.text, to: text },
    { attribute: "state", from: before.state, to: state },
    { attribute: "enabled", from: before.enabled, to: enabled },
  ];
  return changes.filter((change) => !hasChange(before, { [change.attribute]: change.to }));
}

/** A desired reason without its id: what is to be created, or the change that makes a reason so. */
export function newReasonOf({ text, state, enabled }: DesiredReason): NewStatusReason {
  return { text, state, enabled };
}
