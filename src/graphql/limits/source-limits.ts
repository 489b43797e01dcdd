import type { QueryLimits } from "../../config/index.js";

/**
 * The most levels of nested brackets, and the most fragments, of a document. graphql-js parses and validates by
 * recursion: some thousands of either overflow the stack.
 */
const maxNesting = 500;
const maxFragments = 500;

/** The limits of a document before it is parsed. */
export type SourceLimits = Pick<QueryLimits, "maxSource" | "maxTokens">;

/**
 * Checks a document before it is parsed. The length comes first, so that a longer document is not scanned.
 *
 * @returns a message that names the limit it exceeds; undefined if none
 */
export function sourceViolation(source: string, { maxSource, maxTokens }: SourceLimits): string | undefined {
  if (source.length > maxSource) {
    return `The document has ${source.length} characters; it may have ${maxSource} at most.`;
  }
  const { nesting, comments } = scanSource(source);
  if (nesting > maxNesting) {
    return `The document is nested too deep; ${maxNesting} levels of brackets are the most.`;
  }
  // graphql-js keeps a token for each comment, but leaves comments out of its own count of tokens.
  if (comments > maxTokens) {
    return `The document has ${comments} comments; it may have ${maxTokens} tokens at most.`;
  }
  const fragments = source.match(/\bfragment\b/g)?.length ?? 0;
  if (fragments <= maxFragments) return undefined;
  return `The document has ${fragments} fragments; it may have ${maxFragments} at most.`;
}

/** What the scan of a document counts. */
interface ScannedSource {
  /** The deepest level of nested brackets. */
  readonly nesting: number;
  readonly comments: number;
}

const quote = 0x22;
const hash = 0x23;
const backslash = 0x5c;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

const opening: ReadonlySet<number> = new Set(Array.from("{[(", (bracket) => bracket.charCodeAt(0)));
const closing: ReadonlySet<number> = new Set(Array.from("}])", (bracket) => bracket.charCodeAt(0)));

/**
 * Counts a document's levels of brackets as graphql-js parses them: in one pass, without the brackets in strings and
 * comments, which would cancel out real ones.
 */
function scanSource(source: string): ScannedSource {
  let nesting = 0;
  let depth = 0;
  let comments = 0;
  let index = 0;
  while (index < source.length) {
    const code = source.charCodeAt(index);
    if (code === quote) {
      index = endOfString(source, index);
      continue;
    }
    if (code === hash) {
      comments += 1;
      index = endOfLine(source, index);
      continue;
    }
    if (opening.has(code)) nesting = Math.max(nesting, (depth += 1));
    else if (closing.has(code)) depth -= 1;
    index += 1;
  }
  return { nesting, comments };
}

/** @param start the index of the string's first quote */
function endOfString(source: string, start: number): number {
  return source.startsWith('"""', start) ? endOfBlock(source, start + 3) : endOfQuoted(source, start + 1);
}

/** A line break ends the string too: graphql-js reports a syntax error there. */
function endOfQuoted(source: string, start: number): number {
  let index = start;
  while (index < source.length) {
    const code = source.charCodeAt(index);
    if (code === quote || isLineBreak(code)) return index + 1;
    index += code === backslash ? 2 : 1;
  }
  return index;
}

function endOfBlock(source: string, start: number): number {
  let end = source.indexOf('"""', start);
  while (end > start && source.charCodeAt(end - 1) === backslash) end = source.indexOf('"""', end + 3);
  return end === -1 ? source.length : end + 3;
}

function endOfLine(source: string, start: number): number {
  let index = start;
  while (index < source.length && !isLineBreak(source.charCodeAt(index))) index += 1;
  return index;
}

function isLineBreak(code: number): boolean {
  return code === lineFeed || code === carriageReturn;
}
