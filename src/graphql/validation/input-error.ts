import type { ValidationError } from "class-validator";

import type { ItemRule } from "./rules.js";

/** One thing that is wrong with an input. */
export interface ValidationFault {
  /** The path from the field's arguments: `input.items.3.text`. */
  readonly path: string;
  /** The name of the rule that it breaks. */
  readonly constraint: string;
  /** What is wrong, for people. */
  readonly message: string;
}

/** The most faults that the message lists. */
const maxListedFaults = 10;

/** The most items of one list that are reported; the message of the last one says how many more are wrong. */
const maxReportedItems = 100;

/** An input that was refused before any upstream call. */
export class InputError extends Error {
  override readonly name = "InputError";

  constructor(readonly faults: readonly ValidationFault[]) {
    const more = faults.length > maxListedFaults ? `; and ${faults.length - maxListedFaults} more` : "";
    const listed = faults.slice(0, maxListedFaults).map(({ path, message }) => `${path} ${message}`);
    super(listed.join("; ") + more);
  }
}

/** Flattens the tree of errors that class-validator reports. */
export function flattenValidationErrors(errors: readonly ValidationError[], parent = ""): ValidationFault[] {
  return errors.flatMap(({ property, value, target, constraints = {}, contexts = {}, children = [] }) => {
    const path = parent === "" ? property : `${parent}.${property}`;
    const own = Object.entries(constraints).flatMap(([constraint, message]) => {
      const items = contexts[constraint] as ItemRule | undefined;
      return items === undefined || !Array.isArray(value)
        ? [{ path, constraint, message }]
        : faultsOfItems(value, target, items).map((fault) => ({
            ...fault,
            path: `${path}.${fault.path}`,
            constraint,
          }));
    });
    return [...own, ...flattenValidationErrors(children, path)];
  });
}

/** The items of a list that break a rule, by index. */
function faultsOfItems(
  list: readonly unknown[],
  owner: unknown,
  { isValid, messageFor }: ItemRule,
): Omit<ValidationFault, "constraint">[] {
  const wrong = Array.from(list.keys()).filter((index) => !isValid(list[index], owner));
  const omitted = wrong.length - maxReportedItems;
  return wrong.slice(0, maxReportedItems).map((index, position) => {
    const more = omitted > 0 && position === maxReportedItems - 1 ? `; and ${omitted} more of the list` : "";
    return { path: String(index), message: messageFor(list[index]) + more };
  });
}
