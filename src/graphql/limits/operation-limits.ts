import { GraphQLError, Kind } from "graphql";
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from "graphql";

import type { QueryLimits } from "../../config/index.js";
import type { ErrorCode } from "../errors/index.js";
import { dependsOnVariables, sizeOfArguments, withDefaults } from "./argument-size.js";
import type {
  ArgumentSize,
  KnownLists,
  MeasureArguments,
  RawVariables,
  SizedField,
} from "./argument-size.js";
import { inputFieldsViolation } from "./input-fields.js";
import { Measurer, TooDeep } from "./measure.js";
import type { Measure } from "./measure.js";

/** An operation that is about to be executed. */
export interface LimitedOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: RawVariables;
}

/**
 * Refuses an operation that exceeds a limit, before it is executed.
 *
 * @throws GraphQLError naming the limit, its value and the operation's
 */
export function enforceLimits(limited: LimitedOperation, limits: QueryLimits): void {
  const { schema, operation, variables } = limited;
  const violation = inputFieldsViolation(schema, operation, variables);
  if (violation !== undefined) throw requestError("BAD_USER_INPUT", violation);
  const measure = measureOperation(limited, limits.maxDepth);
  check("depth", measure.depth, limits.maxDepth);
  check("number of aliases", measure.aliases, limits.maxAliases);
  check("number of root fields", measure.fields, limits.maxRootFields);
  check("number of directives", measure.directives, limits.maxDirectives);
  check("estimated cost", measure.cost, limits.maxCost);
}

/** An error with the code of a document that fails validation. */
function limitError(message: string): GraphQLError {
  return requestError("GRAPHQL_VALIDATION_FAILED", message);
}

/** An error that Apollo sends with status 400. */
function requestError(code: ErrorCode, message: string): GraphQLError {
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

interface Sized {
  readonly field: SizedField;
  readonly size: ArgumentSize;
}

/** The measure of an operation, and the sizes of those of its arguments that depend on variables. */
interface Measured {
  readonly measure: Measure;
  readonly sizes: readonly Sized[];
}

const lastMeasures = new WeakMap<OperationDefinitionNode, Measured>();

/**
 * Measures an operation, unless it was measured for arguments of the same sizes before. Apollo parses a document once,
 * so the operation's node identifies it. The hot path: see docs/performance.md.
 */
function measureOnce(
  operation: OperationDefinitionNode,
  variables: RawVariables,
  measureWith: (measureArguments: MeasureArguments) => Measure,
): Measure {
  const last = lastMeasures.get(operation);
  const known: KnownLists = new Map();
  if (last?.sizes.every(({ field, size }) => isSame(sizeOfArguments(field, variables, known), size)))
    return last.measure;
  const sizes = new Map<unknown, Sized>();
  const measure = measureWith((field) => {
    const size = sizeOfArguments(field, variables, known);
    if (dependsOnVariables(field)) sizes.set(argumentsKey(field), { field, size });
    return size;
  });
  lastMeasures.set(operation, { measure, sizes: [...sizes.values()] });
  return measure;
}

function isSame(a: ArgumentSize, b: ArgumentSize): boolean {
  return a.records === b.records && a.cost === b.cost;
}

/** The same key for the same field with the same variables, so that a thousand aliases are compared once. */
function argumentsKey(field: SizedField): unknown {
  const given = (field.node.arguments ?? []).map(({ name, value }) =>
    value.kind === Kind.VARIABLE ? `${name.value}:$${value.name.value}` : undefined,
  );
  return given.includes(undefined) ? field : `${field.coordinate}(${given.join()})`;
}
