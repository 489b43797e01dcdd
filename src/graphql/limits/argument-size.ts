import { Kind, getNullableType, isInputObjectType, isListType } from "graphql";
import type {
  ArgumentNode,
  FieldNode,
  GraphQLField,
  GraphQLInputObjectType,
  GraphQLInputType,
  OperationDefinitionNode,
  ValueNode,
} from "graphql";

import { recordCost } from "./field-costs.js";
import type { FieldCost, RecordCount } from "./field-costs.js";

/** The variables of a request, as sent: not yet coerced. */
export type RawVariables = Readonly<Record<string, unknown>>;

/** The size of a field's arguments. */
export interface ArgumentSize {
  /** How many records they request. */
  readonly records: number;
  /** The cost of the items of their lists, and the field's surcharge. */
  readonly cost: number;
}

/** Measures the arguments of a field. */
export type MeasureArguments = (field: SizedField) => ArgumentSize;

/** A field whose arguments are measured. */
export interface SizedField {
  /** `Type.field` */
  readonly coordinate: string;
  readonly node: FieldNode;
  /** Undefined if the schema does not have the field. */
  readonly definition: GraphQLField<unknown, unknown> | undefined;
  /** Undefined if the field is plain data. */
  readonly fieldCost: FieldCost | undefined;
}

/** Whether the size of a field's arguments depends on a variable. */
export function dependsOnVariables({ node, definition, fieldCost }: SizedField): boolean {
  const counted = fieldCost?.records?.argument?.split(".")[0];
  return (node.arguments ?? []).some(({ name, value }) => {
    const argument = definition?.args.find((arg) => arg.name === name.value);
    const matters =
      name.value === counted ||
      fieldCost?.surcharge !== undefined ||
      fieldCost?.records?.besides !== undefined ||
      (argument !== undefined && hasLists(argument.type));
    return matters && hasVariable(value);
  });
}

export function sizeOfArguments(
  { node: { arguments: given = [] }, definition, fieldCost }: SizedField,
  variables: RawVariables,
  known: KnownLists,
): ArgumentSize {
  const { surcharge, records } = fieldCost ?? {};
  let cost = surcharge?.(rawArguments(given, variables)) ?? 0;
  for (const { name, value } of given) {
    const argument = definition?.args.find((arg) => arg.name === name.value);
    if (argument !== undefined && hasLists(argument.type)) {
      cost += itemCost(argument.type, rawValue(value, variables), known);
    }
  }
  return { records: records === undefined ? 1 : requestedRecords(given, records, variables), cost };
}

function rawArguments(given: readonly ArgumentNode[], variables: RawVariables): RawVariables {
  return Object.fromEntries(given.map(({ name, value }) => [name.value, rawValue(value, variables)]));
}

/** The variables sent, and the defaults of the others. */
export function withDefaults(operation: OperationDefinitionNode, sent: RawVariables): RawVariables {
  const { variableDefinitions: definitions = [] } = operation;
  if (definitions.every(({ defaultValue }) => defaultValue === undefined)) return sent;
  const defaults = definitions.flatMap(({ variable, defaultValue }) =>
    defaultValue === undefined ? [] : [[variable.name.value, rawValue(defaultValue, {})] as const],
  );
  return { ...Object.fromEntries(defaults), ...sent };
}

function requestedRecords(
  args: readonly ArgumentNode[],
  { argument = "", otherwise, most = Infinity, besides }: RecordCount,
  variables: RawVariables,
): number {
  const [name, ...path] = argument.split(".");
  const node = args.find((arg) => arg.name.value === name)?.value;
  const value = node === undefined ? undefined : path.reduce(member, rawValue(node, variables));
  const others = besides?.(rawArguments(args, variables)) ?? 0;
  return Math.min(sizeOf(value) ?? otherwise, most) + others;
}

/** A list counts its items, a number counts itself; GraphQL coerces any other value to a list of one. */
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

/** The value of an argument, as far as its size depends on it. */
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
    case Kind.BOOLEAN:
    case Kind.ENUM:
      return node.value;
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

/** The cost of coercing and validating an item of a list: a plain value, or an input object. */
const plainItemCost = 1;
const objectItemCost = recordCost;

/** The costs of lists already measured in a request: a thousand fields may use the list of one variable. */
export type KnownLists = Map<readonly unknown[], number>;

/**
 * The cost of the items of all lists in an argument's value.
 *
 * @param value as sent; a value that does not fit the type costs nothing, and is refused later
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

/** Whether values of a type can contain lists. */
function hasLists(type: GraphQLInputType, seen = new Set<GraphQLInputType>()): boolean {
  const present = getNullableType(type);
  if (isListType(present)) return true;
  if (!isInputObjectType(present) || seen.has(present)) return false;
  seen.add(present);
  return Object.values(present.getFields()).some((field) => hasLists(field.type, seen));
}
