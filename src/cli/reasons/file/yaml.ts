import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, Scalar, stringify } from "yaml";
import type { Document, Node } from "yaml";

import { isJsonObject } from "../../../lib/index.js";
import { SourceProblem } from "./source.js";
import type { Source, SourceItem } from "./source.js";

/** The name of the list in a file. */
const listName = "reasons";

const shape = `must be an object with a list "${listName}", and nothing else`;

/**
 * Reads YAML, of which JSON is a part. Integers become bigints, which are exact.
 *
 * @throws SourceProblem
 */
export function readYaml(text: string): Source {
  const lines = new LineCounter();
  const placeAt = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${line}:${col}`;
  };
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, intAsBigInt: true });
  const issues = document.errors.map(({ pos, message }) => ({ place: placeAt(pos[0]), message }));
  if (issues.length > 0) throw new SourceProblem(issues);
  const list = listOf(document);
  return { items: valuesOf(document).map((value, index) => itemOf(value, list.items[index], placeAt)) };

  /** @throws SourceProblem */
  function listOf({ contents }: Document.Parsed) {
    const pairs = isMap(contents) ? contents.items : [];
    const [pair, another] = pairs;
    const found =
      pair !== undefined && isScalar(pair.key) && pair.key.value === listName ? pair.value : undefined;
    if (another !== undefined || !isSeq(found)) {
      throw new SourceProblem([{ place: contents?.range && placeAt(contents.range[0]), message: shape }]);
    }
    return found;
  }
}

/**
 * Reads JSON.
 *
 * @throws SourceProblem
 */
export function readJson(text: string): Source {
  // For the places: JSON.parse has none.
  const source = readYaml(text);
  try {
    JSON.parse(text);
  } catch (error) {
    throw new SourceProblem([{ message: `is YAML, but no JSON: ${(error as Error).message}` }]);
  }
  return source;
}

/** Writes JSON that can be the `input` of `applyStatusReasons`. */
export function writeJson(reasons: readonly object[]): string {
  return `${JSON.stringify({ [listName]: reasons }, null, 2)}\n`;
}

/** Writes YAML. Texts and ids are quoted, so that YAML 1.1 too takes `no` for a text and not for a truth value. */
export function writeYaml(reasons: readonly object[]): string {
  const quoted = reasons.map((reason) =>
    Object.fromEntries(
      Object.entries(reason).map(([name, value]) => [name, quotes(name) ? quote(value) : value]),
    ),
  );
  return stringify({ [listName]: quoted }, { lineWidth: 0 });
}

const quotes = (field: string): boolean => field === "text" || field === "id";

function quote(value: unknown): Scalar {
  const scalar = new Scalar(value);
  scalar.type = Scalar.QUOTE_DOUBLE;
  return scalar;
}

/** @throws SourceProblem where aliases make a file many times as large as it is */
function valuesOf(document: Document.Parsed): readonly unknown[] {
  try {
    return (document.toJS() as Record<typeof listName, unknown[]>)[listName];
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    throw new SourceProblem([{ message: error.message }]);
  }
}

function itemOf(value: unknown, node: unknown, placeAt: (offset: number) => string): SourceItem {
  return {
    // A null is a field that is left out.
    value: isJsonObject(value)
      ? Object.fromEntries(Object.entries(value).filter(([, held]) => held !== null))
      : value,
    placeOf: (field) => {
      const key = isMap(node)
        ? node.items.find((pair) => isNode(pair.key) && String(pair.key) === field)?.key
        : undefined;
      return placeAt((isNode(key) ? key : (node as Node)).range?.[0] ?? 0);
    },
  };
}
