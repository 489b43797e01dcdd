import type { QueryLimits } from "../../config/index.js";
import { scanSource } from "./scan-source.js";

/**
 * Brackets inside brackets, and fragments, of a document. graphql-js parses and validates by recursion:
 * past some thousands of either it runs out of stack. No honest document comes near.
 */
const maxNesting = 500;
const maxFragments = 500;

/** The limits that a document is held to before it is parsed. */
export type SourceLimits = Pick<QueryLimits, "maxSource" | "maxTokens">;

/**
 * Checks a document before it is parsed, the length first: nothing else reads a document that is over it.
 *
 * @returns what is wrong; undefined where nothing is
 */
export function refusalOfSource(source: string, { maxSource, maxTokens }: SourceLimits): string | undefined {
  if (source.length > maxSource) {
    return `The document has ${source.length} characters; it may have ${maxSource} at most.`;
  }
  const { nesting, comments } = scanSource(source);
  if (nesting > maxNesting) {
    return `The document is nested too deep; ${maxNesting} brackets inside brackets are the most.`;
  }
  // graphql-js keeps a token for each comment, but leaves comments out of its own count of tokens.
  if (comments > maxTokens) {
    return `The document has ${comments} comments; it may have ${maxTokens} tokens at most.`;
  }
  const fragments = source.match(/\bfragment\b/g)?.length ?? 0;
  if (fragments <= maxFragments) return undefined;
  return `The document has ${fragments} fragments; it may have ${maxFragments} at most.`;
}
