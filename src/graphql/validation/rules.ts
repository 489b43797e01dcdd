import { ArrayMaxSize, ArrayMinSize, IsIn, Matches, ValidateBy } from "class-validator";

import { isId } from "../../upstream/id.js";

/** An account id as the Domain API defines it. */
export function IsAccountId(): PropertyDecorator {
  const message = "must be 1 to 20 letters, digits or underscores";
  return Matches(/^[a-zA-Z0-9_]{1,20}$/, { message });
}

/** A positive 64-bit id in decimal. */
export function IsLongId(): PropertyDecorator {
  return rule("isLongId", "must be a positive 64-bit integer in decimal", isId);
}

/** One of the values of an enum that are accepted here. */
export function IsOneOf(values: readonly string[], each = false): PropertyDecorator {
  return IsIn([...values], { each, message: `must be one of ${values.join(", ")}` });
}

/** A list of `min` to `max` items. */
export function HasItems(min: number, max: number): PropertyDecorator {
  const message = `must have ${min} to ${max} items`;
  return all(ArrayMinSize(min, { message }), ArrayMaxSize(max, { message }));
}

/** A rule on one value; `message` follows the value's path. */
export function rule(
  name: string,
  message: string | ((value: unknown) => string),
  isValid: (value: unknown) => boolean,
): PropertyDecorator {
  const defaultMessage = typeof message === "string" ? () => message : messageFor(message);
  return ValidateBy({ name, validator: { validate: isValid, defaultMessage } });
}

export function all(...decorators: readonly PropertyDecorator[]): PropertyDecorator {
  return (target, property) => {
    for (const decorate of decorators) decorate(target, property);
  };
}

function messageFor(message: (value: unknown) => string) {
  return (args?: { readonly value: unknown }) => message(args?.value);
}
