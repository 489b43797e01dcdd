import { ARRAY_MAX_SIZE, getMetadataStorage } from "class-validator";

import type { ValidationFault } from "./input-error.js";

/** A list and what its rule says of it. */
interface SizeRule {
  readonly property: string;
  readonly most: number;
  readonly message: string;
}

const rulesByClass = new Map<unknown, readonly SizeRule[]>();

/**
 * The lists of arguments, and of the inputs in them, that have more items than their rules allow. class-validator
 * itself would look at each of the items all the same, and report on each.
 */
export function sizeFaultsOf(object: object, parent = ""): readonly ValidationFault[] {
  const values = object as Readonly<Record<string, unknown>>;
  const own = rulesOf(object.constructor).flatMap(({ property, most, message }) => {
    const value = values[property];
    const isOver = Array.isArray(value) && value.length > most;
    return isOver ? [{ path: parent + property, constraint: ARRAY_MAX_SIZE, message }] : [];
  });
  const inner = Object.entries(values).flatMap(([name, value]) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? sizeFaultsOf(value, `${parent}${name}.`)
      : [],
  );
  return [...own, ...inner];
}

function rulesOf(target: unknown): readonly SizeRule[] {
  let rules = rulesByClass.get(target);
  if (rules === undefined) {
    rules = getMetadataStorage()
      .getTargetValidationMetadatas(target as () => unknown, "", false, false)
      .filter(({ name }) => name === ARRAY_MAX_SIZE)
      .map(({ propertyName, constraints, message }) => ({
        property: propertyName,
        most: Number((constraints as readonly unknown[])[0]),
        message: String(message),
      }));
    rulesByClass.set(target, rules);
  }
  return rules;
}
