import { createHash } from "node:crypto";

import { getOperationAST, parse, stripIgnoredCharacters } from "graphql";
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from "graphql";
import { LRUCache } from "lru-cache";

import { compileOperation, FragmentCache } from "./compile/index.js";
import type { RunOperation } from "./compile/index.js";

/** The plan of an operation, and what its limits are checked with. */
export interface CachedPlan {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly run: RunOperation;
}

/** The text of a valid document, and which of its operations is meant. */
export interface OperationSource {
  readonly source: string;
  readonly operationName: string | undefined;
}

/** Budget of all plans and their documents, in bytes of heap: callers choose them, so they are bounded. */
const maxPlanBytes = 16 * 1024 * 1024;

/** Budget of all cached fragments, in bytes. */
const maxFragmentBytes = 16 * 1024 * 1024;

/** Heap of a field of a plan: closures, labels and slots for fragments. Measured, and rounded up. */
const bytesPerField = 2048;

/** Heap of the syntax tree per character of a document without ignored tokens. Measured, and rounded up. */
const bytesPerCharacter = 64;

/** Heap of any entry. An operation that cannot be compiled has one too, so that it is not tried each time. */
const bytesPerOperation = 1024;

/**
 * Plans of compiled operations by normalised document: documents that differ only in comments, commas and white space
 * share one. Callers share plans; of their results only JSON fragments are kept, bound to the records they represent.
 */
export class PlanCache {
  readonly #entries: LRUCache<string, CachedPlan | "refused">;
  readonly #fragments = new FragmentCache(maxFragmentBytes);

  /** @param capacity how many are kept */
  constructor(capacity: number) {
    this.#entries = new LRUCache({ max: capacity, maxSize: maxPlanBytes });
  }

  /** @param key as {@link compile} returned it */
  get(key: string): CachedPlan | "refused" | undefined {
    return this.#entries.get(key);
  }

  /**
   * Compiles an operation, unless that was tried before.
   *
   * @returns its key
   */
  compile(schema: GraphQLSchema, { source, operationName }: OperationSource): string {
    const plain = stripIgnoredCharacters(source);
    const hash = createHash("sha256").update(plain).digest("base64");
    const key = JSON.stringify([hash, operationName ?? null]);
    if (this.#entries.has(key)) return key;
    // Without locations a document needs a fraction of the memory.
    const document = parse(plain, { noLocation: true });
    const operation = getOperationAST(document, operationName);
    const plan = operation && compileOperation(schema, document, operation, this.#fragments);
    if (operation == null || plan == null) {
      this.#entries.set(key, "refused", { size: bytesPerOperation });
    } else {
      const size = bytesPerOperation + plan.fields * bytesPerField + plain.length * bytesPerCharacter;
      this.#entries.set(key, { schema, document, operation, run: plan.run }, { size });
    }
    return key;
  }
}
