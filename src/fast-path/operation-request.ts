import { isJsonObject, parseJsonBytes } from "../lib/index.js";

/** A GraphQL request in its plain form. */
export interface OperationRequest {
  readonly source: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What a request says about its document: its text, or an id. */
export interface AskedDocument {
  readonly query: unknown;
  readonly documentId: unknown;
  readonly extensions: unknown;
}

/**
 * Reads the body of a POST.
 *
 * @param textOf finds the text of the document; undefined: the server has to find or to refuse it
 * @returns undefined for a body of any other form, which Fastify and Apollo handle
 */
export function operationRequestIn(
  content: Buffer,
  textOf: (asked: AskedDocument) => string | undefined,
): OperationRequest | undefined {
  const body = jsonIn(content);
  if (!isJsonObject(body)) return undefined;
  const { query, documentId, operationName, variables, extensions } = body;
  if (operationName != null && typeof operationName !== "string") return undefined;
  if (variables != null && !isJsonObject(variables)) return undefined;
  if (extensions != null && !isJsonObject(extensions)) return undefined;
  const source = textOf({ query, documentId, extensions });
  if (source === undefined) return undefined;
  return { source, operationName: operationName ?? undefined, variables: variables ?? {} };
}

function jsonIn(content: Buffer): unknown {
  try {
    return parseJsonBytes(content);
  } catch {
    return undefined;
  }
}
