import { BREAK, Kind, OperationTypeNode, visit } from "graphql";
import type { DocumentNode, FragmentDefinitionNode, GraphQLSchema, OperationDefinitionNode } from "graphql";

import { NotCompilable, PlanSize } from "./document.js";
import { compileRoot } from "./selection.js";
import type { FragmentCache } from "./fragment-cache.js";
import type { Text } from "./text.js";
import { compileVariables } from "./variables.js";

/**
 * Executes an operation.
 *
 * @param variables as received
 * @param context of the resolvers
 * @param maxLength of the response, in characters
 * @returns the whole response as JSON; undefined or null, as early as possible, on any failure: graphql-js then has to
 *   execute the operation with the same context, whose loaders keep results, failures and pending loads
 */
export type RunOperation = (
  variables: Readonly<Record<string, unknown>>,
  context: unknown,
  maxLength: number,
) => Text;

/** A compiled operation. */
export interface OperationPlan {
  readonly run: RunOperation;
  /** How many fields it has, with fragments expanded. */
  readonly fields: number;
}

/**
 * Compiles a valid query to functions that write its response as JSON, without a result object, and without a promise
 * where a value is available. Errors are left to graphql-js, as are mutations, introspection, directives that depend on
 * variables, and queries of very many fields.
 *
 * @returns undefined where the operation is left to graphql-js
 */
export function compileOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  fragmentCache: FragmentCache,
): OperationPlan | undefined {
  const root = schema.getQueryType();
  if (operation.operation !== OperationTypeNode.QUERY || root == null) return undefined;
  if (hasConditions(document)) return undefined;
  const size = new PlanSize();
  try {
    const coerce = compileVariables(schema, operation.variableDefinitions ?? []);
    const write = compileRoot(
      { schema, operation, fragments: fragmentsOf(document), fragmentCache, size },
      root,
    );
    const run: RunOperation = (given, context, maxLength) => {
      const variables = coerce(given);
      return variables && write(undefined, { variables, context, maxLength });
    };
    return { run, fields: size.fields };
  } catch (error) {
    if (error instanceof NotCompilable) return undefined;
    throw error;
  }
}

function fragmentsOf(document: DocumentNode): Record<string, FragmentDefinitionNode> {
  const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
  return Object.fromEntries(
    (fragments as readonly FragmentDefinitionNode[]).map((fragment) => [fragment.name.value, fragment]),
  );
}

/** Whether any directive depends on a variable: what is selected would depend on the request then. */
function hasConditions(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    Directive: ({ arguments: given = [] }) => {
      found ||= given.some(({ value }) => value.kind === Kind.VARIABLE);
      return found ? BREAK : undefined;
    },
  });
  return found;
}
