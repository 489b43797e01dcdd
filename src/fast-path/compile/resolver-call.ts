import type { FieldNode, GraphQLField, GraphQLObjectType, GraphQLResolveInfo } from "graphql";

import { compileArguments } from "./arguments.js";
import type { CompiledDocument } from "./document.js";
import type { Run } from "./text.js";

/** A field's value; an Error where there is none. */
export type ValueOf = (source: unknown, run: Run) => unknown;

/** Compiles the call of a field's resolver. The call returns what the resolver throws. */
export function compileResolver(
  document: CompiledDocument,
  parentType: GraphQLObjectType,
  key: string,
  field: GraphQLField<unknown, unknown>,
  fieldNodes: readonly FieldNode[],
  node: FieldNode,
): ValueOf {
  const { resolve } = field;
  const { schema, operation, fragments } = document;
  // Without list indexes, which are not known here: only the path of an error needs them, and graphql-js reports errors.
  const path = { prev: undefined, key, typename: parentType.name };
  // Each field by name, not spread from a shared object: hot path, see docs/performance.md.
  const infoWith = (variableValues: Run["variables"]): GraphQLResolveInfo => ({
    fieldName: field.name,
    fieldNodes,
    returnType: field.type,
    parentType,
    path,
    schema,
    fragments,
    rootValue: undefined,
    operation,
    variableValues,
  });
  const argumentsFrom = compileArguments(field, node);
  return (source, { context, variables }) => {
    try {
      return resolve?.(source, argumentsFrom(variables), context, infoWith(variables));
    } catch (error) {
      return error instanceof Error ? error : new Error("not an Error was thrown", { cause: error });
    }
  };
}
