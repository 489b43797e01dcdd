import type { ValidationError } from "class-validator";

/** One thing that is wrong with an input. */
export interface ValidationFault {
  /** Where, from the field's arguments on: `input.items.3.text`. */
  readonly path: string;
  /** Which rule it breaks. */
  readonly constraint: string;
  /** What is wrong, for people. */
  readonly message: string;
}

/** How many faults the message names. */
const maxToldFaults = 10;

/** An input that was refused before any upstream call. */
export class InputError extends Error {
  override readonly name = "InputError";

  constructor(readonly faults: readonly ValidationFault[]) {
    const more = faults.length > maxToldFaults ? `; and ${faults.length - maxToldFaults} more` : "";
    const told = faults.slice(0, maxToldFaults).map(({ path, message }) => `${path} ${message}`);
    super(told.join("; ") + more);
  }
}

/** The tree that class-validator reports, as a flat list. */
export function flattenValidationErrors(errors: readonly ValidationError[], parent = ""): ValidationFault[] {
  return errors.flatMap(({ property, constraints = {}, children = [] }) => {
    const path = parent === "" ? property : `${parent}.${property}`;
    const own = Object.entries(constraints).map(([constraint, message]) => ({ path, constraint, message }));
    return [...own, ...flattenValidationErrors(children, path)];
  });
}
