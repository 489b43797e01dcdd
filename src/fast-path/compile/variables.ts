import {
  GraphQLBoolean,
  GraphQLID,
  GraphQLString,
  Kind,
  getNullableType,
  getVariableValues,
  isInputType,
  isListType,
  isNonNullType,
  typeFromAST,
} from "graphql";
import type {
  GraphQLInputType,
  GraphQLSchema,
  GraphQLType,
  NamedTypeNode,
  VariableDefinitionNode,
} from "graphql";

import { NotCompilable } from "./document.js";

type Values = Readonly<Record<string, unknown>>;

/** Whether coercion would leave a value unchanged. */
type IsCoerced = (value: unknown) => boolean;

/**
 * Compiles the coercion of an operation's variables.
 *
 * @returns a function that returns undefined where a variable is invalid: graphql-js then reports the error
 * @throws NotCompilable where a variable is named `__proto__`
 */
export function compileVariables(
  schema: GraphQLSchema,
  definitions: readonly VariableDefinitionNode[],
): (given: Values) => Values | undefined {
  const plans = definitions.map(({ variable, type: node, defaultValue }) => {
    // graphql-js keeps values in a plain object, where this name sets the prototype.
    if (variable.name.value === "__proto__") throw new NotCompilable();
    const type: GraphQLType | undefined = typeFromAST(schema, node as NamedTypeNode);
    return {
      name: variable.name.value,
      mayBeLeftOut: node.kind !== Kind.NON_NULL_TYPE && defaultValue === undefined,
      isCoerced: isInputType(type) ? coercedCheck(type) : never,
    };
  });
  return (given) => {
    const values: Record<string, unknown> = {};
    for (const { name, mayBeLeftOut, isCoerced } of plans) {
      // Variables may be named like members of Object.prototype.
      const value = Object.hasOwn(given, name) ? given[name] : undefined;
      if (value === undefined && mayBeLeftOut) continue;
      if (!isCoerced(value)) return getVariableValues(schema, definitions, given).coerced;
      values[name] = value;
    }
    return values;
  };
}

/** Checks strings, booleans and lists of them, which most variables are; other types always go through graphql-js. */
function coercedCheck(type: GraphQLInputType): IsCoerced {
  const isPresent = presentCheck(getNullableType(type));
  return isNonNullType(type) ? isPresent : (value) => value === null || isPresent(value);
}

function presentCheck(type: GraphQLInputType): IsCoerced {
  if (type === GraphQLID || type === GraphQLString) return (value) => typeof value === "string";
  if (type === GraphQLBoolean) return (value) => typeof value === "boolean";
  if (!isListType(type)) return never;
  const isItem = coercedCheck(type.ofType);
  return (value) => Array.isArray(value) && value.every(isItem);
}

function never(): boolean {
  return false;
}
