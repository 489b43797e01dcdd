import { visit } from "graphql";
import type { ASTNode, DocumentNode, SourceLocation } from "graphql";

/** The most locations of an error: a field can be merged from thousands of nodes. */
const maxLocations = 10;

const locations = new WeakMap<ASTNode, SourceLocation>();
const stripped = new WeakSet<DocumentNode>();

/**
 * Removes the locations from a document before execution, and keeps the line and column of each node for
 * {@link locationsOf}. graphql-js counts a document's lines for each error, which takes very long for thousands of errors in
 * a document of thousands of lines.
 */
export function stripLocations(document: DocumentNode): void {
  const { loc } = document;
  if (stripped.has(document) || loc === undefined) return;
  stripped.add(document);
  const locationAt = locationsIn(loc.source.body);
  visit(document, {
    enter: (node) => {
      if (node === document || node.loc === undefined) return;
      locations.set(node, locationAt(node.loc.start));
      Object.assign(node, { loc: undefined });
    },
  });
}

/** The `locations` of an error; undefined if it has none. */
export function locationsOf(nodes: readonly ASTNode[] | undefined): readonly SourceLocation[] | undefined {
  const known = nodes?.slice(0, maxLocations).flatMap((node) => locations.get(node) ?? []);
  return known === undefined || known.length === 0 ? undefined : known;
}

/** Finds the line of a position by binary search. */
function locationsIn(text: string): (position: number) => SourceLocation {
  const starts = [0, ...Array.from(text.matchAll(/\r\n|[\n\r]/g), (found) => found.index + found[0].length)];
  return (position) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= position) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: position + 1 - (starts[low] ?? 0) };
  };
}
