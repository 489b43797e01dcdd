import { isJsonObject, parseJsonBytes } from "../lib/index.js";

/** A GraphQL request in its plain form. */
export interface OperationRequest {
  readonly source: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * Reads the body of a POST.
 *
 * @returns undefined for a body of any other form, which Fastify and Apollo handle
 */
export function operationRequestIn(content: Buffer): OperationRequest | undefined {
  const body = jsonIn(content);
  if (!isJsonObject(body)) return undefined;
  const { query: source, operationName, variables, extensions } = body;
  if (typeof source !== "string") return undefined;
  if (operationName != null && typeof operationName !== "string") return undefined;
  if (variables != null && !isJsonObject(variables)) return undefined;
  if (extensions != null && (!isJsonObject(extensions) || "persistedQuery" in extensions)) return undefined;
  return { source, operationName: operationName ?? undefined, variables: variables ?? {} };
}

function jsonIn(content: Buffer): unknown {
  try {
    return parseJsonBytes(content);
  } catch {
    return undefined;
  }
}
