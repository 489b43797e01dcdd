import { ArrayMaxSize, ArrayMinSize, Matches, Max, Min, ValidateBy } from "class-validator";
import type { ValidationArguments } from "class-validator";

import { accountIdPattern, accountIdRule, isId } from "../../lib/index.js";

/** An account id as the Domain API defines it. */
export function IsAccountId(): PropertyDecorator {
  return Matches(accountIdPattern, { message: `must be ${accountIdRule}` });
}

/** The longest value that a message repeats, in characters of JSON. */
const maxShownLength = 40;

/** A positive 64-bit id in decimal, or a list of them. */
export function IsLongId(each = false): PropertyDecorator {
  return rule("isLongId", withValue("must be a positive 64-bit integer in decimal"), isId, each);
}

/** A 64-bit integer in decimal, or a list of them. */
export function IsIn64Bits(each = false): PropertyDecorator {
  const isIn64Bits = (value: unknown) => /^-?\d{1,19}$/.test(String(value));
  return rule("isIn64Bits", withValue("must be a 64-bit integer in decimal"), isIn64Bits, each);
}

/** How many items a page has. */
export function IsPageLimit(max: number): PropertyDecorator {
  const message = `must be from 1 to ${max}`;
  return all(Min(1, { message }), Max(max, { message }));
}

/** How many items come before a page, whose size is the property `limit` beside it. */
export function IsPageOffset(max: number): PropertyDecorator {
  const endsWithin = (offset: unknown, page: unknown) => {
    const { limit } = page as { limit: number };
    return (offset as number) + limit <= max;
  };
  const message = `must not be negative, and with limit be at most ${max}`;
  return all(Min(0, { message }), rule("endsWithin", message, endsWithin));
}

/** A duration in seconds; GraphQL's Int bounds it. */
export function IsSeconds(): PropertyDecorator {
  return Min(0, { message: "must not be negative" });
}

/** One of `values`, or a list of them. */
export function IsOneOf(values: readonly string[], each = false): PropertyDecorator {
  const isOneOf = (value: unknown) => values.includes(value as string);
  return rule("isIn", withValue(`must be one of ${values.join(", ")}`), isOneOf, each);
}

/** A message that ends with the value, cut if it is long. */
function withValue(message: string): (value: unknown) => string {
  return (value) => {
    const json = JSON.stringify(value);
    return `${message}, not ${json.length > maxShownLength ? `${json.slice(0, maxShownLength)}…` : json}`;
  };
}

/** A list of `min` to `max` items. */
export function HasItems(min: number, max: number): PropertyDecorator {
  const message = `must have ${min} to ${max} items`;
  return all(ArrayMinSize(min, { message }), ArrayMaxSize(max, { message }));
}

/**
 * A rule on one value, or on each of a list; `message` follows the value's path.
 *
 * @param isValid its second argument is the object that has the value
 * @param each whether to check each item of a list. Not class-validator's `each`, which tells neither which item is wrong
 *   nor its value
 */
export function rule(
  name: string,
  message: string | ((value: unknown) => string),
  isValid: (value: unknown, owner: unknown) => boolean,
  each = false,
): PropertyDecorator {
  const messageFor = typeof message === "string" ? () => message : message;
  const validator = {
    validate: (value: unknown, args?: ValidationArguments) =>
      each && Array.isArray(value)
        ? value.every((item) => isValid(item, args?.object))
        : isValid(value, args?.object),
    defaultMessage: (args?: ValidationArguments) => messageFor(args?.value),
  };
  const items: ItemRule = { isValid, messageFor };
  return ValidateBy({ name, validator }, each ? { context: items } : {});
}

/** A rule on each item of a list. class-validator returns it with the error, as the context of the constraint. */
export interface ItemRule {
  readonly isValid: (item: unknown, owner: unknown) => boolean;
  /** What is wrong with an item. */
  readonly messageFor: (item: unknown) => string;
}

/** Applies several rules to one property. */
export function all(...decorators: readonly PropertyDecorator[]): PropertyDecorator {
  return (target, property) => {
    for (const decorate of decorators) decorate(target, property);
  };
}
