import { getNullableType, isInputObjectType, isListType, typeFromAST } from "graphql";
import type { GraphQLInputType, GraphQLSchema, NamedTypeNode, OperationDefinitionNode } from "graphql";

import type { RawVariables } from "./argument-size.js";

/** A variable of an operation whose value is an input object, or a list of them. */
interface ObjectVariable {
  readonly name: string;
  readonly type: GraphQLInputType;
}

const objectVariablesByOperation = new WeakMap<OperationDefinitionNode, readonly ObjectVariable[]>();

/**
 * Finds an input object that has more fields than its type. graphql-js refuses it too, but with an error for each
 * field, and each error contains the whole object.
 *
 * @returns a message; undefined if there is none
 */
export function inputFieldsViolation(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  variables: RawVariables,
): string | undefined {
  let candidates = objectVariablesByOperation.get(operation);
  if (candidates === undefined)
    objectVariablesByOperation.set(operation, (candidates = objectVariables(schema, operation)));
  const oversized = candidates.find(({ name, type }) => hasTooManyFields(type, variables[name]));
  return oversized && `Variable "$${oversized.name}" has an object with more fields than its type has.`;
}

function objectVariables(
  schema: GraphQLSchema,
  { variableDefinitions: definitions = [] }: OperationDefinitionNode,
): ObjectVariable[] {
  return definitions.flatMap(({ variable, type: node }) => {
    const type = typeFromAST(schema, node as NamedTypeNode) as GraphQLInputType | undefined;
    return type !== undefined && isInputObjectType(itemTypeOf(type))
      ? [{ name: variable.name.value, type }]
      : [];
  });
}

function hasTooManyFields(type: GraphQLInputType, value: unknown): boolean {
  const present = itemTypeOf(type);
  if (!isInputObjectType(present) || typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return value.some((item) => hasTooManyFields(present, item));
  const fields = Object.values(present.getFields());
  return (
    Object.keys(value).length > fields.length ||
    fields.some((field) => hasTooManyFields(field.type, (value as RawVariables)[field.name]))
  );
}

/** The type of a list's items, at any depth; of another type, its nullable type. */
function itemTypeOf(type: GraphQLInputType): GraphQLInputType {
  const present = getNullableType(type);
  return isListType(present) ? itemTypeOf(present.ofType) : present;
}
