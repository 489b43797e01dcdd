import { isJsonObject, isSha256 } from "../../lib/index.js";
import { withoutPrefix } from "./trusted-documents.js";

/** The parts of a request that say which document is meant, as the client sent them. */
export interface AskedDocument {
  readonly query?: unknown;
  /** GraphQL over HTTP's parameter for persisted documents. */
  readonly documentId?: unknown;
  /** May have Apollo's `persistedQuery`. */
  readonly extensions?: unknown;
}

/** How a request names its document: by text, by id, or both. */
export interface DocumentName {
  readonly text: string | undefined;
  /** Without the prefix `sha256:`. */
  readonly id: string | undefined;
}

/** The ids that GraphQL over HTTP permits. */
const documentIdPattern = /^(?:sha256:[\da-f]{64}|(?:x-[\w.~-]+:)?[\w.~-]+)$/;

const maxIdLength = 256;

const persistedQueryMessage =
  "The extension `persistedQuery` must have version 1 and a `sha256Hash` of 64 lower-case hexadecimal digits.";

const documentIdMessage =
  "`documentId` must be `sha256:` with 64 lower-case hexadecimal digits, or an id without a colon, or one with a prefix `x-…:`.";

const twoIdsMessage = "Send either `documentId` or the extension `persistedQuery`.";

const customIdMessage =
  "A document cannot be registered with this `documentId`: send only one of `query` and `documentId`.";

/**
 * Reads which document a request means.
 *
 * @param isTrusted whether a manifest has an id, which may then have any form
 * @returns a message where the ids are not valid; undefined where it is for Apollo to say what is wrong
 */
export function documentNameIn(
  { query, documentId, extensions }: AskedDocument,
  isTrusted: (id: string) => boolean,
): DocumentName | { readonly problem: string } | undefined {
  if (query != null && typeof query !== "string") return undefined;
  // graphql-ws requires a `query`, so its clients send an empty one with an id.
  const text = query == null || query === "" ? undefined : query;
  const persisted = isJsonObject(extensions) ? extensions["persistedQuery"] : undefined;
  // Apollo ignores falsy values.
  if (!persisted) {
    if (documentId == null) return { text, id: undefined };
    if (!isDocumentId(documentId, isTrusted)) return { problem: documentIdMessage };
    const id = withoutPrefix(documentId);
    return text !== undefined && !isSha256(id) ? { problem: customIdMessage } : { text, id };
  }
  if (documentId != null) return { problem: twoIdsMessage };
  const hash = hashIn(persisted);
  if (hash === undefined || !(isSha256(hash) || isTrusted(hash))) return { problem: persistedQueryMessage };
  return { text, id: hash };
}

function isDocumentId(value: unknown, isTrusted: (id: string) => boolean): value is string {
  if (typeof value !== "string") return false;
  return isTrusted(withoutPrefix(value)) || (value.length <= maxIdLength && documentIdPattern.test(value));
}

function hashIn(persisted: unknown): string | undefined {
  if (!isJsonObject(persisted) || persisted["version"] !== 1) return undefined;
  const { sha256Hash } = persisted;
  return typeof sha256Hash === "string" ? sha256Hash : undefined;
}
