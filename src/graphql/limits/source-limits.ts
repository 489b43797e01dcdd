/**
 * Brackets inside brackets, and fragments, of a document. graphql-js parses and validates by recursion:
 * past some thousands of either it runs out of stack. No honest document comes near.
 */
const maxNesting = 500;
const maxFragments = 500;

const opening = "{[(";
const closing = "}])";

/**
 * What is wrong with a document before it is even parsed; undefined where nothing is. Text in strings and
 * comments counts too, which no honest document notices.
 */
export function refusalOfSource(source: string): string | undefined {
  if (nestingOf(source) > maxNesting) {
    return `The document is nested too deep; ${maxNesting} brackets inside brackets are the most.`;
  }
  const fragments = source.match(/\bfragment\b/g)?.length ?? 0;
  if (fragments <= maxFragments) return undefined;
  return `The document has ${fragments} fragments; it may have ${maxFragments} at most.`;
}

function nestingOf(source: string): number {
  let nesting = 0;
  let deepest = 0;
  for (const character of source) {
    if (opening.includes(character)) deepest = Math.max(deepest, (nesting += 1));
    else if (closing.includes(character)) nesting -= 1;
  }
  return deepest;
}
