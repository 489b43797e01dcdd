import type { ApolloServerOptions, BaseContext } from "@apollo/server";
import type { DocumentNode } from "graphql";
import { LRUCache } from "lru-cache";

import { heapBytesOf, textBytes } from "../graphql/index.js";
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

/** A store of Apollo's, whose promises are all resolved at once. */
interface BoundedStore<V> {
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

/** Texts of persisted queries that other copies of the gateway know. */
export type SharedQueryTexts = Pick<SharedState, "queryText" | "shareQueryText">;

/** What Apollo puts before a hash. */
const keyPrefix = "apq:";

/** Creates the store of persisted queries, by their hashes. What it does not have is looked for in other copies. */
export function boundedQueryTexts(shared?: SharedQueryTexts): TextStore {
  const own = boundedStore<string>(maxTextBytes, textBytes);
  if (shared === undefined) return own;
  const hashOf = (key: string): string => key.slice(keyPrefix.length);
  return {
    ...own,
    get: async (key) => {
      const known = await own.get(key);
      if (known !== undefined) return known;
      const text = await shared.queryText(hashOf(key));
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
    get: (key) => Promise.resolve(entries.get(key)),
    set: (key, value) => {
      entries.set(key, value);
      return Promise.resolve();
    },
    delete: (key) => Promise.resolve(entries.delete(key)),
  };
}
