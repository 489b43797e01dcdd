import { validateSync } from "class-validator";

import { InputError, flattenValidationErrors } from "./input-error.js";
import { isCertainlyValid } from "./quick-check.js";

/**
 * Checks a field's arguments against their class-validator rules. None of the rules is asynchronous, so
 * that a valid field costs no promise.
 *
 * @throws InputError naming everything that is wrong
 */
export function validateArguments(args: object | undefined): void {
  if (args === undefined || isCertainlyValid(args)) return;
  const errors = validateSync(args, { skipMissingProperties: true, forbidUnknownValues: false });
  if (errors.length > 0) throw new InputError(flattenValidationErrors(errors));
}
