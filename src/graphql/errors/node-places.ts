import { visit } from "graphql";
import type { ASTNode, DocumentNode, SourceLocation } from "graphql";

/** How many places an error shows: a field may be merged of thousands. */
const maxPlaces = 10;

const places = new WeakMap<ASTNode, SourceLocation>();
const done = new WeakSet<DocumentNode>();

/**
 * Takes the locations out of a document that is about to be executed, and remembers the places of its nodes.
 * graphql-js counts a document's lines anew for each error: thousands of errors in a document of thousands of lines
 * took half a minute. {@link placesOf} has them for the errors' `locations`.
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

/** Where an error is in its document; undefined where it is of none. */
export function placesOf(nodes: readonly ASTNode[] | undefined): readonly SourceLocation[] | undefined {
  const known = nodes?.slice(0, maxPlaces).flatMap((node) => places.get(node) ?? []);
  return known === undefined || known.length === 0 ? undefined : known;
}

/** Finds the line of a position by halves. */
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
