import type { DocumentNode } from "graphql";

/**
 * Bytes of heap for each token of a parsed document: the token, its nodes, their locations, and what is cached by node.
 * An upper bound.
 */
const tokenBytes = 600;

/** Bytes of heap for a document without tokens. */
const documentBytes = 2_000;

/**
 * The heap that a parsed document retains, in bytes: its source, which the nodes' locations refer to, and its tokens, a
 * linked list with comments included.
 */
export function heapBytesOf({ loc }: DocumentNode): number {
  if (loc === undefined) return documentBytes;
  let tokens = 0;
  for (let token = loc.startToken.next; token != null; token = token.next) tokens += 1;
  return documentBytes + tokens * tokenBytes + textBytes(loc.source.body);
}

/** The heap of a string, in bytes: two a character, unless all its characters are Latin-1. */
export function textBytes(text: string): number {
  return text.length * 2;
}
