import { Kind } from "graphql";
import type { GraphQLFieldResolver, GraphQLResolveInfo, SelectionSetNode } from "graphql";

import type { GatewayContext } from "../context.js";
import { AnswerTooLargeError } from "../errors/index.js";

/** What JSON has around a value: two quotes of its name, a colon and a comma. */
const punctuation = 4;

/**
 * Resolves plain fields as graphql-js does, and refuses lists for which an answer has no room: before the rows are
 * written out, by the names of what is selected of each. How many rows there are is not known to the cost.
 */
export function boundedFieldResolver(maxBytes: number): GraphQLFieldResolver<unknown, GatewayContext> {
  const begun = new WeakMap<GatewayContext, number>();
  return (source, _args, context, info) => {
    const value = (source as Readonly<Record<string, unknown>>)[info.fieldName];
    const rows = Array.isArray(value) ? value.length : 0;
    if (rows === 0) return value;
    const bytes = (begun.get(context) ?? 0) + rows * rowLength(info);
    if (bytes > maxBytes) return new AnswerTooLargeError(maxBytes);
    begun.set(context, bytes);
    return value;
  };
}

/** The least length of a row of a list, as far as names go. */
function rowLength({ fieldNodes, fragments }: GraphQLResolveInfo): number {
  return fieldNodes.reduce((length, { selectionSet }) => length + lengthOf(selectionSet, fragments), 0);
}

const lengths = new WeakMap<SelectionSetNode, number>();

function lengthOf(set: SelectionSetNode | undefined, fragments: GraphQLResolveInfo["fragments"]): number {
  if (set === undefined) return 0;
  let length = lengths.get(set);
  if (length !== undefined) return length;
  length = 0;
  for (const selection of set.selections) {
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      length += lengthOf(fragments[selection.name.value]?.selectionSet, fragments);
      continue;
    }
    // Of what a condition may leave out nothing is certain.
    if (selection.directives?.length) continue;
    if (selection.kind === Kind.FIELD && selection.selectionSet === undefined) {
      length += (selection.alias ?? selection.name).value.length + punctuation;
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      length += lengthOf(selection.selectionSet, fragments);
    }
  }
  lengths.set(set, length);
  return length;
}

/** Whether the JSON of a value, without what it escapes, is longer than `maxBytes`; stops where it is. */
export function isLongerThan(value: unknown, maxBytes: number): boolean {
  return remainderOf(value, maxBytes) < 0;
}

function remainderOf(value: unknown, room: number): number {
  if (typeof value === "string") return room - Buffer.byteLength(value) - 2;
  if (typeof value !== "object" || value === null) return room - 4;
  let left = room - 2;
  if (Array.isArray(value)) {
    for (const item of value) {
      left = remainderOf(item, left - 1);
      if (left < 0) break;
    }
    return left;
  }
  for (const name of Object.keys(value)) {
    left = remainderOf((value as Readonly<Record<string, unknown>>)[name], left - name.length - punctuation);
    if (left < 0) break;
  }
  return left;
}
