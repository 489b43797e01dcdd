import type { ApolloServerOptions, BaseContext } from "@apollo/server";
import type { DocumentNode } from "graphql";
import { LRUCache } from "lru-cache";

import { heapBytesOf, textBytes } from "../graphql/index.js";

/**
 * What the parsed documents, and the texts of persisted queries, may come to, in bytes of heap. Callers choose both:
 * Apollo's own stores go by the length of their JSON, which says little of what they hold.
 */
const maxDocumentBytes = 16 * 1024 * 1024;
const maxTextBytes = 4 * 1024 * 1024;

type Options = ApolloServerOptions<BaseContext>;
type DocumentStore = NonNullable<Options["documentStore"]>;
type TextStore = NonNullable<Exclude<Options["cache"], "bounded">>;

/** A store of Apollo's: nothing in it is ever waited for. */
interface BoundedStore<V> {
  get(key: string): Promise<V | undefined>;
  set(key: string, value: V): Promise<void>;
  delete(key: string): Promise<boolean>;
}

/** An entry's key and its place in the store. */
const entryBytes = 500;

/** The parsed documents that Apollo need not parse and validate again. */
export function boundedDocuments(): DocumentStore {
  return boundedStore<DocumentNode>(maxDocumentBytes, heapBytesOf);
}

/** The persisted queries, by their hashes. */
export function boundedTexts(): TextStore {
  return boundedStore<string>(maxTextBytes, textBytes);
}

/** Forgets what was used longest ago. */
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
