import {
  GraphQLInt,
  Kind,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isObjectType,
  parseConstValue,
} from "graphql";
import type {
  ConstDirectiveNode,
  GraphQLField,
  GraphQLObjectType,
  GraphQLOutputType,
  ObjectTypeDefinitionNode,
} from "graphql";

import { assumedRecords, fieldCosts, recordCost, recordTypes } from "./field-costs.js";
import type { RecordCount } from "./field-costs.js";

/**
 * Adds the table of costs to a type's definition, as federation's `@cost` and `@listSize`, by which a router estimates
 * operations. Only approximately: a router counts no scalars, knows lists by
 * arguments of type Int only, and cannot be told of costs that the records of a list share or that depend on arguments.
 */
export function withCosts(type: GraphQLObjectType, node: ObjectTypeDefinitionNode): ObjectTypeDefinitionNode {
  const fields = type.getFields();
  return {
    ...node,
    directives: [...(node.directives ?? []), ...(recordTypes.has(type.name) ? [cost(recordCost)] : [])],
    fields: (node.fields ?? []).map((field) => {
      const definition = fields[field.name.value];
      const costs = definition && costsOf(`${type.name}.${field.name.value}`, definition);
      return { ...field, directives: [...(field.directives ?? []), ...(costs ?? [])] };
    }),
  };
}

function costsOf(coordinate: string, definition: GraphQLField<unknown, unknown>): ConstDirectiveNode[] {
  const { base = 0, records } = fieldCosts[coordinate] ?? {};
  return [...(base > 0 ? [cost(base)] : []), ...(records ? [listSize(definition, records)] : [])];
}

function cost(weight: number): ConstDirectiveNode {
  return directive("cost", { weight });
}

function listSize({ args, type }: GraphQLField<unknown, unknown>, records: RecordCount): ConstDirectiveNode {
  const argument = args.find(({ name }) => name === records.argument);
  // The composers refuse other arguments than numbers, also a number inside an input.
  const isSlicing = argument !== undefined && getNullableType(argument.type) === GraphQLInt;
  const size = isSlicing
    ? { slicingArguments: [argument.name], requireOneSlicingArgument: false }
    : { assumedSize: assumedSize(records) };
  const sizedFields = listsOf(type);
  return directive("listSize", { ...size, ...(sizedFields.length > 0 && { sizedFields }) });
}

/** For an argument that a router cannot read, as many records as in a list of unknown size, rather than its default. */
function assumedSize({ argument, otherwise }: RecordCount): number {
  return argument === undefined ? otherwise : Math.max(otherwise, assumedRecords);
}

/** The fields with the records, where the type is not a list itself. */
function listsOf(type: GraphQLOutputType): string[] {
  const present = getNullableType(type);
  if (!isObjectType(present)) return [];
  return Object.values(present.getFields())
    .filter((field) => isListType(getNullableType(field.type)) && isCompositeType(getNamedType(field.type)))
    .map(({ name }) => name);
}

function directive(name: string, values: Readonly<Record<string, unknown>>): ConstDirectiveNode {
  return {
    kind: Kind.DIRECTIVE,
    name: { kind: Kind.NAME, value: name },
    arguments: Object.entries(values).map(([argument, value]) => ({
      kind: Kind.ARGUMENT,
      name: { kind: Kind.NAME, value: argument },
      // JSON of numbers, booleans and lists of names is GraphQL as well.
      value: parseConstValue(JSON.stringify(value)),
    })),
  };
}
