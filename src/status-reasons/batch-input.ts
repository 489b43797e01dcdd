import type { StatusReasonChange } from "../upstream/api/index.js";
import type { KnownReasons } from "./account-snapshot.js";
import type { DesiredState } from "./desired-state.js";
import { isTooLong, looseTextKey, reasonTextRules } from "./text.js";

/** The most items of a batch, and the most reasons of a desired state. */
export const maxBatchItems = 100;

/** An update of one reason among several. */
export interface BatchUpdate {
  readonly id: string;
  /** What is left out stays. */
  readonly change: StatusReasonChange;
}

/** One thing that is wrong with the items of a batch or a desired state. */
export interface BatchFault {
  /** Where, from the list of items: `items.3.id`, `ids.0`, `reasons.2.text`. */
  readonly path: string;
  /** The name of the rule that it breaks. */
  readonly constraint: string;
  /** What is wrong, for people: a sentence whose subject is the path. */
  readonly message: string;
}

/** A batch or a desired state that was refused as a whole: nothing was written. */
export class BatchInputError extends Error {
  override readonly name = "BatchInputError";

  constructor(readonly faults: readonly BatchFault[]) {
    super(faults.map(({ path, message }) => `${path} ${message}`).join("; "));
  }
}

/** A value of an input, and where it is. */
interface At<T> {
  readonly path: string;
  readonly value: T;
}

/** @throws BatchInputError */
export function checkUpdates(items: readonly BatchUpdate[]): void {
  refuse(countFaults("items", items, 1));
  refuse([
    ...idFaults(items.map(({ id }, index) => ({ path: `items.${index}.id`, value: id }))),
    ...textFaults(
      items.flatMap(({ change: { text } }, index) =>
        text === undefined ? [] : [{ path: `items.${index}.text`, value: text }],
      ),
    ),
  ]);
}

/** @throws BatchInputError */
export function checkIds(ids: readonly string[]): void {
  refuse(countFaults("ids", ids, 1));
  refuse(idFaults(ids.map((value, index) => ({ path: `ids.${index}`, value }))));
}

/** @throws BatchInputError */
export function checkDesiredState({ reasons, deleteOthers, confirmDeleteAll }: DesiredState): void {
  const deletesAll = deleteOthers && reasons.length === 0 && !confirmDeleteAll;
  refuse(countFaults("reasons", reasons, 0));
  refuse([
    ...(deletesAll
      ? [
          fault(
            "confirmDeleteAll",
            "confirmDeleteAll",
            "must be true: no reasons are given, so all are deleted",
          ),
        ]
      : []),
    ...idFaults(reasons.flatMap(({ id }, index) => (id ? [{ path: `reasons.${index}.id`, value: id }] : []))),
    ...textFaults(reasons.map(({ text }, index) => ({ path: `reasons.${index}.text`, value: text }))),
  ]);
}

/**
 * Checks that the account has the reasons that are to be written.
 *
 * @param acceptDeleted whether they may be deleted
 * @throws BatchInputError
 */
export function checkTargets(
  snapshot: KnownReasons,
  ids: readonly At<string>[],
  { acceptDeleted = false } = {},
): void {
  refuse(
    ids.flatMap(({ path, value: id }) => {
      const record = snapshot.records.get(id);
      if (record === undefined) {
        return snapshot.errorOf(id) === undefined
          ? [fault(path, "exists", "must be the id of a reason of the account")]
          : [
              fault(
                path,
                "isReadable",
                "is, or may be, the id of a reason that the upstream sends in an invalid form",
              ),
            ];
      }
      return record.deleted && !acceptDeleted
        ? [fault(path, "isNotDeleted", "is the id of a deleted reason")]
        : [];
    }),
  );
}

/** @throws BatchInputError where there are faults */
export function refuse(faults: readonly BatchFault[]): void {
  if (faults.length > 0) throw new BatchInputError(faults);
}

export function fault(path: string, constraint: string, message: string): BatchFault {
  return { path, constraint, message };
}

function countFaults(path: string, items: readonly unknown[], least: number): BatchFault[] {
  if (items.length >= least && items.length <= maxBatchItems) return [];
  const range = least === 0 ? `at most ${maxBatchItems}` : `${least} to ${maxBatchItems}`;
  return [fault(path, "itemCount", `must have ${range} items, not ${items.length}`)];
}

function idFaults(ids: readonly At<string>[]): BatchFault[] {
  return repeated(ids, (id) => id).map(({ path, first }) =>
    fault(path, "uniqueIds", `is the same as ${first}`),
  );
}

/** The texts that break a rule, and those that look like one before: the upstream may take them for the same. */
function textFaults(texts: readonly At<string>[]): BatchFault[] {
  const broken = texts.flatMap(({ path, value }) =>
    reasonTextRules
      .filter(({ isMet }) => !isMet(value))
      .map(({ constraint, message }) => fault(path, constraint, message)),
  );
  const comparable = texts.filter(({ value }) => !isTooLong(value));
  const alike = repeated(comparable, looseTextKey).map(({ path, first }) =>
    fault(path, "uniqueTexts", `is the same as ${first}, or differs by case, spaces or Unicode form only`),
  );
  return [...broken, ...alike];
}

/** The values whose key an earlier one has, with the path of the first. */
function repeated(
  values: readonly At<string>[],
  keyOf: (value: string) => string,
): { readonly path: string; readonly first: string }[] {
  const firsts = new Map<string, string>();
  return values.flatMap(({ path, value }) => {
    const key = keyOf(value);
    const first = firsts.get(key);
    if (first !== undefined) return [{ path, first }];
    firsts.set(key, path);
    return [];
  });
}
