export { InputError } from "./input-error.js";
export type { ValidationFault } from "./input-error.js";
export {
  HasItems,
  IsAccountId,
  IsIn64Bits,
  IsLongId,
  IsOneOf,
  IsPageLimit,
  IsPageOffset,
  IsSeconds,
  all,
  rule,
} from "./rules.js";
export { validateArguments } from "./validate-arguments.js";
