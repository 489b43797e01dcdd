import { readFileSync, statSync } from "node:fs";

import { Kind, parse, specifiedRules, validate } from "graphql";
import type { DocumentNode, GraphQLSchema, ParseOptions, ValidationRule } from "graphql";

import type { QueryLimits } from "../../config/index.js";
import { ConfigError } from "../../config/index.js";
import { sourceViolation } from "../../graphql/index.js";
import { documentsIn, ManifestError } from "./manifest.js";
import { TrustedDocuments } from "./trusted-documents.js";
import type { TrustedDocument } from "./trusted-documents.js";

/** In bytes: all texts stay in memory. */
const maxFileBytes = 16 * 1024 * 1024;

/** How many documents that are not valid are named. */
const maxNamed = 20;

/** What a document has to be valid by: the same as one that a client sends. */
export interface DocumentRules {
  readonly schema: GraphQLSchema;
  readonly rules: readonly ValidationRule[];
  readonly limits: QueryLimits;
  readonly parseOptions: ParseOptions;
}

/**
 * Reads the manifest that `TRUSTED_DOCUMENTS` names, and validates its documents: one that is not valid would fail each
 * time a client asks for it.
 *
 * @throws ConfigError that names the file and what is wrong with it, or the documents that are not valid
 */
export function readTrustedDocuments(file: string, rules: DocumentRules): TrustedDocuments {
  const documents = documentsOf(file);
  const problems = documents.flatMap((document) => problemOf(document, rules) ?? []);
  if (problems.length === 0) return new TrustedDocuments(documents);
  const named = problems.slice(0, maxNamed);
  const others = problems.length - named.length;
  const more = others === 0 ? [] : [`${others} more documents are not valid`];
  throw new ConfigError([...named, ...more].map((problem) => describe(file, problem)));
}

function documentsOf(file: string): readonly TrustedDocument[] {
  try {
    const { size } = statSync(file);
    if (size > maxFileBytes) throw new ManifestError(`has ${size} bytes; ${maxFileBytes} are the most`);
    return documentsIn(readFileSync(file, "utf8"));
  } catch (error) {
    if (error instanceof ManifestError) throw new ConfigError([describe(file, error.message)]);
    if (error instanceof Error && "code" in error)
      throw new ConfigError([describe(file, `cannot be read (${String(error.code)})`)]);
    throw error;
  }
}

function describe(file: string, problem: string): string {
  return `TRUSTED_DOCUMENTS: ${file}: ${problem}`;
}

function problemOf({ id, text }: TrustedDocument, rules: DocumentRules): string | undefined {
  const problem = sourceViolation(text, rules.limits) ?? syntaxOrSchemaProblem(text, rules);
  return problem && `${nameOf(text) ?? "a document without a name"} (${id}): ${problem}`;
}

function syntaxOrSchemaProblem(text: string, { schema, rules, parseOptions }: DocumentRules) {
  let document: DocumentNode;
  try {
    document = parse(text, parseOptions);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const [error] = validate(schema, document, [...specifiedRules, ...rules]);
  return error?.message ?? (hasOperation(document) ? undefined : "has no operation");
}

function hasOperation({ definitions }: DocumentNode): boolean {
  return definitions.some(({ kind }) => kind === Kind.OPERATION_DEFINITION);
}

/** Also of a document that does not parse. */
function nameOf(text: string): string | undefined {
  return /\b(?:query|mutation|subscription)\s+(\w+)/.exec(text)?.[1];
}
