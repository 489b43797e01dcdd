import { getNullableType, isInputObjectType, isListType } from "graphql";
import type { GraphQLInputObjectType, GraphQLInputType } from "graphql";

import { recordCost } from "./field-costs.js";

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
export function itemCost(type: GraphQLInputType, value: unknown, known: KnownLists): number {
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
export function hasLists(type: GraphQLInputType, seen = new Set<GraphQLInputType>()): boolean {
  const present = getNullableType(type);
  if (isListType(present)) return true;
  if (!isInputObjectType(present) || seen.has(present)) return false;
  seen.add(present);
  return Object.values(present.getFields()).some((field) => hasLists(field.type, seen));
}
