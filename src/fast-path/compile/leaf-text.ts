import { GraphQLBoolean, GraphQLID, GraphQLInt, GraphQLString, isEnumType } from "graphql";
import type { GraphQLEnumType, GraphQLLeafType } from "graphql";

type LeafText = (value: unknown) => string | undefined;

/** Compiles a writer for a scalar or enum, which yields the JSON of what the type's `serialize` returns. */
export function leafTextOf(type: GraphQLLeafType): LeafText {
  const general: LeafText = (value) => serialized(type, value);
  if (isEnumType(type)) return enumText(type);
  if (type === GraphQLID || type === GraphQLString) {
    return (value) => (typeof value === "string" ? JSON.stringify(value) : general(value));
  }
  if (type === GraphQLBoolean) {
    return (value) => (typeof value === "boolean" ? String(value) : general(value));
  }
  if (type === GraphQLInt)
    return (value) => (value === ((value as number) | 0) ? String(value) : general(value));
  return general;
}

function serialized(type: GraphQLLeafType, value: unknown): string | undefined {
  try {
    const leaf: unknown = type.serialize(value);
    return leaf == null ? undefined : JSON.stringify(leaf);
  } catch {
    return undefined;
  }
}

function enumText(type: GraphQLEnumType): LeafText {
  const texts = new Map(type.getValues().map(({ name, value }) => [value as unknown, JSON.stringify(name)]));
  return (value) => texts.get(value);
}
