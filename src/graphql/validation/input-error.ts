import type { ValidationError } from "class-validator";

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
  return errors.flatMap(({ property, constraints = {}, children = [] }) => {
    const path = parent === "" ? property : `${parent}.${property}`;
    const own = Object.entries(constraints).map(([constraint, message]) => ({ path, constraint, message }));
    return [...own, ...flattenValidationErrors(children, path)];
  });
}
