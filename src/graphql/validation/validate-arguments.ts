import { validateSync } from "class-validator";

import { InputError, flattenValidationErrors } from "./input-error.js";
import { isCertainlyValid } from "./quick-check.js";
import { sizeFaultsOf } from "./size-check.js";

/**
 * Checks a field's arguments against their class-validator rules. None of the rules is asynchronous, so
 * that a valid field costs no promise. The lengths of lists come first: where one has too many items, none of
 * them is looked at.
 *
 * @throws InputError naming everything that is wrong
 */
export function validateArguments(args: object | undefined): void {
  if (args === undefined || isCertainlyValid(args)) return;
  const oversized = sizeFaultsOf(args);
  if (oversized.length > 0) throw new InputError(oversized);
  const errors = validateSync(args, { skipMissingProperties: true, forbidUnknownValues: false });
  if (errors.length > 0) throw new InputError(flattenValidationErrors(errors));
}
