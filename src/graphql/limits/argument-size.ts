import { Kind, getNullableType, isInputObjectType, isListType } from "graphql";
import type {
  FieldNode,
  GraphQLField,
  GraphQLInputObjectType,
  GraphQLInputType,
  OperationDefinitionNode,
  ValueNode,
} from "graphql";

import { recordCost } from "./field-costs.js";
import type { RecordCount } from "./field-costs.js";

/** The variables of a request as they came: nothing has checked them yet. */
export type RawVariables = Readonly<Record<string, unknown>>;

/** What a field's arguments come to. */
export interface ArgumentSize {
  /** How many records they ask for. */
  readonly records: number;
  /** What the items of the lists in them cost. */
  readonly items: number;
}

/** What a field's arguments come to. */
export type MeasureArguments = (field: SizedField) => ArgumentSize;

/** What a field's arguments are looked at for. */
export interface SizedField {
  /** `Type.field` */
  readonly coordinate: string;
  readonly node: FieldNode;
  /** Undefined where the schema does not have the field. */
  readonly definition: GraphQLField<unknown, unknown> | undefined;
  /** Undefined where the field is one record. */
  readonly records: RecordCount | undefined;
}

/** Whether the sizes of a field's arguments are not always the same: they have a variable that matters. */
export function dependsOnVariables({ node, definition, records }: SizedField): boolean {
  const counted = records?.argument?.split(".")[0];
  return (node.arguments ?? []).some(({ name, value }) => {
    const argument = definition?.args.find((arg) => arg.name === name.value);
    const matters = name.value === counted || (argument !== undefined && hasLists(argument.type));
    return matters && hasVariable(value);
  });
}

export function sizeOfArguments(
  { node: { arguments: given = [] }, definition, records }: SizedField,
  variables: RawVariables,
  known: KnownLists,
): ArgumentSize {
  let items = 0;
  for (const { name, value } of given) {
    const argument = definition?.args.find((arg) => arg.name === name.value);
    if (argument !== undefined && hasLists(argument.type)) {
      items += itemCost(argument.type, rawValue(value, variables), known);
    }
  }
  return { records: records === undefined ? 1 : recordsAskedFor(given, records, variables), items };
}

/** What an operation's variables are: what was sent, and the defaults of what was not. */
export function withDefaults(operation: OperationDefinitionNode, sent: RawVariables): RawVariables {
  const { variableDefinitions: definitions = [] } = operation;
  if (definitions.every(({ defaultValue }) => defaultValue === undefined)) return sent;
  const defaults = definitions.flatMap(({ variable, defaultValue }) =>
    defaultValue === undefined ? [] : [[variable.name.value, rawValue(defaultValue, {})] as const],
  );
  return { ...Object.fromEntries(defaults), ...sent };
}

function recordsAskedFor(
  args: NonNullable<FieldNode["arguments"]>,
  { argument = "", otherwise, most = Infinity }: RecordCount,
  variables: RawVariables,
): number {
  const [name, ...path] = argument.split(".");
  const node = args.find((arg) => arg.name.value === name)?.value;
  const value = node === undefined ? undefined : path.reduce(member, rawValue(node, variables));
  return Math.min(sizeOf(value) ?? otherwise, most);
}

/** A list counts its items, a number itself; GraphQL takes any other value for a list of one. */
function sizeOf(value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value)) return value.length;
  return typeof value === "number" && value >= 0 ? value : 1;
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

/** The value of an argument as far as its size is concerned. */
function rawValue(node: ValueNode, variables: RawVariables): unknown {
  switch (node.kind) {
    case Kind.VARIABLE:
      return member(variables, node.name.value);
    case Kind.LIST:
      return node.values.map((value) => rawValue(value, variables));
    case Kind.INT:
      return Number(node.value);
    case Kind.OBJECT:
      return Object.fromEntries(
        node.fields.map(({ name, value }) => [name.value, rawValue(value, variables)]),
      );
    case Kind.NULL:
      return null;
    default:
      return node.kind;
  }
}

function hasVariable(node: ValueNode): boolean {
  switch (node.kind) {
    case Kind.VARIABLE:
      return true;
    case Kind.LIST:
      return node.values.some(hasVariable);
    case Kind.OBJECT:
      return node.fields.some(({ value }) => hasVariable(value));
    default:
      return false;
  }
}

/** What a list's item costs to be coerced and checked: a plain value, and an input object. */
const plainItemCost = 1;
const objectItemCost = recordCost;

/** What lists were found to cost in one request: a list in a variable may be used by a thousand fields. */
export type KnownLists = Map<readonly unknown[], number>;

/**
 * What the items of all lists in an argument's value cost, wherever the argument's type has lists.
 *
 * @param value as it came; what does not fit the type costs nothing, and is refused later
 */
function itemCost(type: GraphQLInputType, value: unknown, known: KnownLists): number {
  const present = getNullableType(type);
  if (isListType(present)) {
    const itemType = present.ofType;
    return Array.isArray(value) ? listCost(itemType, value, known) : itemCost(itemType, value, known);
  }
  return isInputObjectType(present) ? objectCost(present, value, known) : 0;
}

function listCost(type: GraphQLInputType, items: readonly unknown[], known: KnownLists): number {
  const item = getNullableType(type);
  if (!isInputObjectType(item) && !isListType(item)) return items.length * plainItemCost;
  let cost = known.get(items);
  if (cost !== undefined) return cost;
  cost = items.length * objectItemCost;
  for (const value of items) cost += itemCost(item, value, known);
  known.set(items, cost);
  return cost;
}

function objectCost(type: GraphQLInputObjectType, value: unknown, known: KnownLists): number {
  if (typeof value !== "object" || value === null) return 0;
  let cost = 0;
  for (const [name, fieldType] of fieldsWithLists(type)) {
    if (Object.hasOwn(value, name)) cost += itemCost(fieldType, value[name as keyof typeof value], known);
  }
  return cost;
}

const knownFields = new WeakMap<GraphQLInputObjectType, readonly (readonly [string, GraphQLInputType])[]>();

function fieldsWithLists(type: GraphQLInputObjectType): readonly (readonly [string, GraphQLInputType])[] {
  let fields = knownFields.get(type);
  if (fields === undefined) {
    fields = Object.values(type.getFields()).flatMap((field) =>
      hasLists(field.type) ? [[field.name, field.type] as const] : [],
    );
    knownFields.set(type, fields);
  }
  return fields;
}

/** Whether values of a type may hold lists. */
function hasLists(type: GraphQLInputType, seen = new Set<GraphQLInputType>()): boolean {
  const present = getNullableType(type);
  if (isListType(present)) return true;
  if (!isInputObjectType(present) || seen.has(present)) return false;
  seen.add(present);
  return Object.values(present.getFields()).some((field) => hasLists(field.type, seen));
}
