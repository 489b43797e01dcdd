import { BREAK, Kind, OperationTypeNode, visit } from "graphql";
import type { DocumentNode, FragmentDefinitionNode, GraphQLSchema, OperationDefinitionNode } from "graphql";

import { NotCompilable, PlanSize } from "./document.js";
import { compileRoot } from "./selection.js";
import type { TextMemory } from "./text-memory.js";
import type { Text } from "./text.js";
import { compileVariables } from "./variables.js";

/**
 * Answers an operation.
 *
 * @param variables as they came
 * @param context what the resolvers get
 * @param maxLength how long the answer may become, in characters
 * @returns the whole answer as JSON; undefined or null, as soon as that is known, where anything at all went wrong:
 *   then graphql-js is to execute the operation with the same context, whose loaders remember what was loaded, what
 *   failed and what is under way
 */
export type CompiledOperation = (
  variables: Readonly<Record<string, unknown>>,
  context: unknown,
  maxLength: number,
) => Text;

/** An operation and what it is compiled to. */
export interface CompiledQuery {
  readonly run: CompiledOperation;
  /** How many fields its plan has, with fragments spelled out. */
  readonly fields: number;
}

/**
 * Compiles a valid query to functions that write its answer as JSON, with neither a result object between nor
 * a promise where a value is at hand. It answers what goes well: errors are left to graphql-js, as are
 * mutations, introspection, directives that depend on variables, and queries of very many fields.
 *
 * @param texts where the texts of rows are remembered
 * @returns undefined where the operation has one of these
 */
export function compileOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  texts: TextMemory,
): CompiledQuery | undefined {
  const root = schema.getQueryType();
  if (operation.operation !== OperationTypeNode.QUERY || root == null) return undefined;
  if (hasConditions(document)) return undefined;
  const size = new PlanSize();
  try {
    const coerce = compileVariables(schema, operation.variableDefinitions ?? []);
    const write = compileRoot({ schema, operation, fragments: fragmentsOf(document), texts, size }, root);
    const run: CompiledOperation = (given, context, maxLength) => {
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
