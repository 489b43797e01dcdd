import { Kind } from "graphql";
import type { GraphQLFieldResolver, GraphQLResolveInfo, SelectionSetNode } from "graphql";

import type { GatewayContext } from "../context.js";
import { ResponseTooLargeError } from "../errors/index.js";

/** Bytes of JSON around a named value: two quotes, a colon and a comma. */
const punctuation = 4;

/**
 * Resolves plain fields as graphql-js does, and refuses a list that would make the response longer than `maxBytes`, before
 * its rows are completed. The length is estimated by the names of the selected fields, since the cost of an operation does
 * not include the number of rows.
 */
export function boundedFieldResolver(maxBytes: number): GraphQLFieldResolver<unknown, GatewayContext> {
  return (source, _args, context, info) => {
    const value = (source as Readonly<Record<string, unknown>>)[info.fieldName];
    const rows = Array.isArray(value) ? value.length : 0;
    if (rows === 0) return value;
    const bytes = context.listBytes + rows * rowLength(info);
    if (bytes > maxBytes) return new ResponseTooLargeError(maxBytes);
    context.listBytes = bytes;
    return value;
  };
}

/** The least length of a row of a list in bytes: that of its fields' names. */
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
    // A directive may exclude the selection.
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

/** Whether the JSON of a value, not counting escapes, is longer than `maxBytes`. Stops as soon as it is. */
export function isLongerThan(value: unknown, maxBytes: number): boolean {
  return remainingBytes(value, maxBytes) < 0;
}

function remainingBytes(value: unknown, room: number): number {
  if (typeof value === "string") return room - Buffer.byteLength(value) - 2;
  if (typeof value !== "object" || value === null) return room - 4;
  let left = room - 2;
  if (Array.isArray(value)) {
    for (const item of value) {
      left = remainingBytes(item, left - 1);
      if (left < 0) break;
    }
    return left;
  }
  for (const name of Object.keys(value)) {
    left = remainingBytes(
      (value as Readonly<Record<string, unknown>>)[name],
      left - name.length - punctuation,
    );
    if (left < 0) break;
  }
  return left;
}
