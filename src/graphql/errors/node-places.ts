import { visit } from "graphql";
import type { ASTNode, DocumentNode, SourceLocation } from "graphql";

/** The most locations of an error: a field can be merged from thousands of nodes. */
const maxPlaces = 10;

const places = new WeakMap<ASTNode, SourceLocation>();
const done = new WeakSet<DocumentNode>();

/**
 * Removes the locations from a document before execution, and keeps the line and column of each node for
 * {@link placesOf}. graphql-js counts a document's lines for each error, which takes very long for thousands of errors in
 * a document of thousands of lines.
 */
export function keepPlaces(document: DocumentNode): void {
  const { loc } = document;
  if (done.has(document) || loc === undefined) return;
  done.add(document);
  const placeAt = placesIn(loc.source.body);
  visit(document, {
    enter: (node) => {
      if (node === document || node.loc === undefined) return;
      places.set(node, placeAt(node.loc.start));
      Object.assign(node, { loc: undefined });
    },
  });
}

/** The `locations` of an error; undefined if it has none. */
export function placesOf(nodes: readonly ASTNode[] | undefined): readonly SourceLocation[] | undefined {
  const known = nodes?.slice(0, maxPlaces).flatMap((node) => places.get(node) ?? []);
  return known === undefined || known.length === 0 ? undefined : known;
}

/** Finds the line of a position by binary search. */
function placesIn(text: string): (position: number) => SourceLocation {
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
