import { z } from "zod";

import { isJsonObject } from "../../lib/index.js";
import type { TrustedDocument } from "./trusted-documents.js";

const apolloFormat = "apollo-persisted-query-manifest";

const nonEmpty = z.string().min(1, "must not be empty");

/** `operations.json` of Apollo's `generate-persisted-query-manifest`. */
const apolloManifest = z.object({
  format: z.literal(apolloFormat, `must be "${apolloFormat}"`),
  version: z.literal(1, "must be 1"),
  operations: z.array(z.object({ id: nonEmpty, body: nonEmpty })),
});

/** `persisted-documents.json` of GraphQL Code Generator's client preset: texts by their hashes. */
const codegenManifest = z.record(nonEmpty, nonEmpty);

/** A manifest has neither format. */
export class ManifestError extends Error {
  override readonly name = "ManifestError";
}

/**
 * Reads a manifest of either format.
 *
 * @throws ManifestError that says what is wrong
 */
export function documentsIn(json: string): readonly TrustedDocument[] {
  const content = parsed(json);
  const documents = "format" in content ? inApolloFormat(content) : inCodegenFormat(content);
  if (documents.length === 0) throw new ManifestError("has no documents");
  return withDistinctIds(documents);
}

function parsed(json: string): object {
  let content: unknown;
  try {
    content = JSON.parse(json);
  } catch {
    throw new ManifestError("is not valid JSON");
  }
  if (isJsonObject(content)) return content;
  throw new ManifestError("must be a JSON object: Apollo's manifest, or texts by their ids");
}

function inApolloFormat(content: object): TrustedDocument[] {
  const { operations } = valid(apolloManifest, content);
  return operations.map(({ id, body: text }) => ({ id, text }));
}

function inCodegenFormat(content: object): TrustedDocument[] {
  return Object.entries(valid(codegenManifest, content)).map(([id, text]) => ({ id, text }));
}

function valid<T>(schema: z.ZodType<T>, content: object): T {
  const { data, error } = schema.safeParse(content);
  if (data !== undefined) return data;
  const [issue] = error?.issues ?? [];
  throw new ManifestError(`${issue?.path.join(".") ?? ""}: ${issue?.message ?? "is not valid"}`);
}

function withDistinctIds(documents: TrustedDocument[]): TrustedDocument[] {
  const texts = new Map<string, string>();
  for (const { id, text } of documents) {
    if ((texts.get(id) ?? text) !== text) throw new ManifestError(`the id ${id} has two documents`);
    texts.set(id, text);
  }
  return documents;
}
