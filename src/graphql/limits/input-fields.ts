import { getNullableType, isInputObjectType, isListType, typeFromAST } from "graphql";
import type { GraphQLInputType, GraphQLSchema, NamedTypeNode, OperationDefinitionNode } from "graphql";

import type { RawVariables } from "./argument-size.js";

/** An operation's variable that holds input objects. */
interface ObjectVariable {
  readonly name: string;
  readonly type: GraphQLInputType;
}

const cache = new WeakMap<OperationDefinitionNode, readonly ObjectVariable[]>();

/**
 * Looks for an input object that has more fields than its type. graphql-js would refuse it too, but with an error
 * for each field, each of which holds the whole object.
 *
 * @returns what is wrong; undefined where nothing is
 */
export function refusalOfInputFields(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  variables: RawVariables,
): string | undefined {
  let candidates = cache.get(operation);
  if (candidates === undefined) cache.set(operation, (candidates = objectVariables(schema, operation)));
  const odd = candidates.find(({ name, type }) => hasTooManyFields(type, variables[name]));
  return odd && `Variable "$${odd.name}" has an object with more fields than its type has.`;
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

/** A type without its lists and its non-nulls. */
function itemTypeOf(type: GraphQLInputType): GraphQLInputType {
  const present = getNullableType(type);
  return isListType(present) ? itemTypeOf(present.ofType) : present;
}
