import type { ApolloServerOptions, BaseContext } from "@apollo/server";
import type { DocumentNode } from "graphql";
import { LRUCache } from "lru-cache";

import { heapBytesOf, textBytes } from "../graphql/index.js";
import { isSha256 } from "../lib/index.js";
import type { SharedState } from "../shared-state/index.js";

/**
 * The caps of the parsed documents and of the texts of persisted queries, in estimated bytes of heap. Callers choose both;
 * Apollo's own stores count the length of their JSON, which differs much from the heap that they occupy.
 */
const maxDocumentBytes = 16 * 1024 * 1024;
const maxTextBytes = 4 * 1024 * 1024;

type Options = ApolloServerOptions<BaseContext>;
type DocumentStore = NonNullable<Options["documentStore"]>;
type TextStore = NonNullable<Exclude<Options["cache"], "bounded">>;

/** A store without texts: where only trusted documents are executed, nothing is registered. */
export const noQueryTexts: QueryTexts = {
  known: () => undefined,
  get: () => Promise.resolve(undefined),
  set: () => Promise.resolve(),
  delete: () => Promise.resolve(false),
};

/** A store of Apollo's, whose promises are all resolved at once. */
interface BoundedStore<V> {
  known(key: string): V | undefined;
  get(key: string): Promise<V | undefined>;
  set(key: string, value: V): Promise<void>;
  delete(key: string): Promise<boolean>;
}

/** The estimated size of an entry's key and of its links in the cache. */
const entryBytes = 500;

/** Creates the store of parsed documents, which Apollo does not parse and validate again. */
export function boundedDocuments(): DocumentStore {
  return boundedStore<DocumentNode>(maxDocumentBytes, heapBytesOf);
}

/** The texts of automatic persisted queries, as Apollo uses them. */
export interface QueryTexts extends TextStore {
  /** The text of a hash, if this copy of the gateway has it. */
  known(hash: string): string | undefined;
}

/** Texts of persisted queries that other copies of the gateway know. */
export type SharedQueryTexts = Pick<SharedState, "queryText" | "shareQueryText">;

/** What Apollo puts before a hash. */
const keyPrefix = "apq:";

/** Creates the store of persisted queries, by their hashes. What it does not have is looked for in other copies. */
export function boundedQueryTexts(shared: SharedQueryTexts): QueryTexts {
  const own = boundedStore<string>(maxTextBytes, textBytes);
  const hashOf = (key: string): string => key.slice(keyPrefix.length);
  return {
    ...own,
    known: (hash) => own.known(keyPrefix + hash),
    get: async (key) => {
      const known = await own.get(key);
      if (known !== undefined) return known;
      // An id that is no hash is in no other copy either.
      const text = isSha256(hashOf(key)) ? await shared.queryText(hashOf(key)) : undefined;
      if (text !== undefined) await own.set(key, text);
      return text;
    },
    set: async (key, text) => {
      const isNew = (await own.get(key)) === undefined;
      await own.set(key, text);
      if (isNew) shared.shareQueryText(hashOf(key), text);
    },
  };
}

/** Creates a store that evicts its least recently used entries beyond `maxBytes`. */
function boundedStore<V extends object | string>(
  maxBytes: number,
  bytesOf: (value: V) => number,
): BoundedStore<V> {
  const entries = new LRUCache<string, V>({
    maxSize: maxBytes,
    sizeCalculation: (value) => entryBytes + bytesOf(value),
  });
  return {
    known: (key) => entries.get(key),
    get: (key) => Promise.resolve(entries.get(key)),
    set: (key, value) => {
      entries.set(key, value);
      return Promise.resolve();
    },
    delete: (key) => Promise.resolve(entries.delete(key)),
  };
}
