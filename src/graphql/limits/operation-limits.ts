import { GraphQLError, Kind } from "graphql";
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from "graphql";

import type { QueryLimits } from "../../config/index.js";
import type { ErrorCode } from "../errors/index.js";
import { withDefaults } from "./argument-size.js";
import type { MeasureArguments, RawVariables } from "./argument-size.js";
import { refusalOfInputFields } from "./input-fields.js";
import { Measurer, TooDeep } from "./measure.js";
import type { Measure } from "./measure.js";
import { measureOnce } from "./repeated-measure.js";

/** An operation that is about to be executed. */
export interface LimitedOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: RawVariables;
}

/**
 * Refuses an operation that asks for more than the limits allow, before anything of it is executed.
 *
 * @throws GraphQLError naming the limit, what it is and what the operation comes to
 */
export function enforceLimits(limited: LimitedOperation, limits: QueryLimits): void {
  const { schema, operation, variables } = limited;
  const refusal = refusalOfInputFields(schema, operation, variables);
  if (refusal !== undefined) throw refusalError("BAD_USER_INPUT", refusal);
  const measure = measureOperation(limited, limits.maxDepth);
  check("depth", measure.depth, limits.maxDepth);
  check("number of aliases", measure.aliases, limits.maxAliases);
  check("number of root fields", measure.fields, limits.maxRootFields);
  check("number of directives", measure.directives, limits.maxDirectives);
  check("estimated cost", measure.cost, limits.maxCost);
}

/** A refusal with GraphQL's own code for a document that is never executed. */
function limitError(message: string): GraphQLError {
  return refusalError("GRAPHQL_VALIDATION_FAILED", message);
}

/** A refusal as Apollo answers it. */
function refusalError(code: ErrorCode, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status: 400 } } });
}

function measureOperation(limited: LimitedOperation, maxDepth: number): Measure {
  const { operation } = limited;
  try {
    return measureOnce(operation, withDefaults(operation, limited.variables), (measureArguments) =>
      measureWhole(limited, measureArguments),
    );
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
    throw limitError(`The operation is nested too deep; its depth may be ${maxDepth} at most.`);
  }
}

function measureWhole(
  { schema, document, operation }: LimitedOperation,
  measureArguments: MeasureArguments,
): Measure {
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );
  const root = schema.getRootType(operation.operation) ?? undefined;
  const measure = new Measurer({ schema, fragments, measureArguments }).measure(operation.selectionSet, root);
  return { ...measure, directives: measure.directives + directivesOf(operation) };
}

function directivesOf({ directives = [], variableDefinitions = [] }: OperationDefinitionNode): number {
  return variableDefinitions.reduce(
    (count, variable) => count + (variable.directives?.length ?? 0),
    directives.length,
  );
}

function check(what: string, value: number, limit: number): void {
  if (value > limit) throw limitError(`The operation's ${what} is ${value}; it may be ${limit} at most.`);
}
