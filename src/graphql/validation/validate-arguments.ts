import { ARRAY_MAX_SIZE, ValidationTypes, getMetadataStorage, validateSync } from "class-validator";
import type { ValidationArguments } from "class-validator";

import { InputError, flattenValidationErrors } from "./input-error.js";
import type { ValidationFault } from "./input-error.js";

/**
 * Checks a field's arguments against the class-validator decorators of their class. It is synchronous, since none of
 * the rules is asynchronous: a valid field costs no promise.
 *
 * @throws InputError naming every rule that is broken; only the lists that are too long where there are any
 */
export function validateArguments(args: object | undefined): void {
  if (args === undefined || passesQuickCheck(args)) return;
  const oversized = oversizedLists(args);
  if (oversized.length > 0) throw new InputError(oversized);
  const errors = validateSync(args, { skipMissingProperties: true, forbidUnknownValues: false });
  if (errors.length > 0) throw new InputError(flattenValidationErrors(errors));
}

/** The rules of one class, read from class-validator's metadata. */
interface ClassRules {
  readonly rules: readonly QuickRule[];
  readonly maxSizes: readonly SizeRule[];
}

/** A rule, ready to be called. */
interface QuickRule {
  readonly property: string;
  /** Undefined for a rule that only class-validator applies: one on each item, or on a nested object. */
  readonly isValid: ((value: unknown, object: object) => boolean) | undefined;
}

/** A list's `ArrayMaxSize`. */
interface SizeRule {
  readonly property: string;
  readonly max: number;
  readonly message: string;
}

const rulesByClass = new Map<object, ClassRules>();

/**
 * Whether an object certainly keeps the rules of its class; false says that class-validator has to check it.
 *
 * The hot path: see docs/performance.md. class-validator gathers its metadata and builds a report for each object, while
 * this calls the same validators directly, up to the first that fails.
 */
export function passesQuickCheck(object: object): boolean {
  const values = object as Readonly<Record<string, unknown>>;
  return rulesOf(object).rules.every(({ property, isValid }) => {
    const value = values[property];
    if (value === undefined || value === null) return true;
    return isValid?.(value, object) === true;
  });
}

/**
 * The lists of an object, and of the objects in it, that have more items than their rules allow. They are refused
 * first, because class-validator would still check each item, and report on each.
 */
function oversizedLists(object: object, parentPath = ""): readonly ValidationFault[] {
  const values = object as Readonly<Record<string, unknown>>;
  const own = rulesOf(object).maxSizes.flatMap(({ property, max, message }) => {
    const value = values[property];
    const isOversized = Array.isArray(value) && value.length > max;
    return isOversized ? [{ path: parentPath + property, constraint: ARRAY_MAX_SIZE, message }] : [];
  });
  const nested = Object.entries(values).flatMap(([name, value]) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? oversizedLists(value, `${parentPath}${name}.`)
      : [],
  );
  return [...own, ...nested];
}

/** By the prototype: a caller's JSON may have a property `constructor` of its own. */
function rulesOf(object: object): ClassRules {
  const prototype = Object.getPrototypeOf(object) as { readonly constructor: new () => object } | null;
  const target = prototype?.constructor ?? Object;
  let rules = rulesByClass.get(target);
  if (rules === undefined) rulesByClass.set(target, (rules = readRules(target)));
  return rules;
}

type Metadata = ReturnType<ReturnType<typeof getMetadataStorage>["getTargetValidationMetadatas"]>[number];

function readRules(target: new () => object): ClassRules {
  const metadata = getMetadataStorage().getTargetValidationMetadatas(target, "", false, false);
  return {
    rules: metadata.map((rule) => ({ property: rule.propertyName, isValid: validatorOf(rule, target.name) })),
    maxSizes: metadata
      .filter(({ name }) => name === ARRAY_MAX_SIZE)
      .map(({ propertyName, constraints, message }) => ({
        property: propertyName,
        max: Number((constraints as readonly unknown[])[0]),
        message: String(message),
      })),
  };
}

function validatorOf(
  { type, each, propertyName, constraintCls, constraints }: Metadata,
  targetName: string,
): QuickRule["isValid"] {
  if (type !== ValidationTypes.CUSTOM_VALIDATION || each) return undefined;
  const validators = getMetadataStorage().getTargetValidatorConstraints(constraintCls);
  return (value, object) => {
    const args: ValidationArguments = { value, constraints, targetName, object, property: propertyName };
    return validators.every(({ instance }) => instance.validate(value, args) === true);
  };
}
