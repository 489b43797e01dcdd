import { createHash } from "node:crypto";

import { getOperationAST, parse, stripIgnoredCharacters } from "graphql";
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from "graphql";
import { LRUCache } from "lru-cache";

import { compileOperation, TextMemory } from "./compile/index.js";
import type { CompiledQuery } from "./compile/index.js";

/** A compiled query, and what its limits are checked with. */
export interface CompiledEntry {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly run: CompiledQuery["run"];
}

/** A valid document as it came, and which of its operations is meant. */
export interface AskedOperation {
  readonly source: string;
  readonly operationName: string | undefined;
}

/** What all plans and their documents may take together, in bytes: they come from callers, and memory must not. */
const maxPlanBytes = 16 * 1024 * 1024;

/** What all remembered texts of rows may take together, in bytes. */
const maxTextBytes = 16 * 1024 * 1024;

/** What a field of a plan takes: its closures, labels and places for texts. Measured, and rounded up. */
const bytesPerField = 2048;

/** What a character of a document without ignored tokens takes as syntax tree. Measured, and rounded up. */
const bytesPerCharacter = 64;

/** What an operation takes whatever it is; one that cannot be compiled is noted so that it is not tried each time. */
const bytesPerOperation = 1024;

/**
 * Compiled queries by what they say: spellings that differ in comments, commas and white space alone share one.
 * Who asked does not matter, and nothing of an answer is kept but texts that go with the rows they were made from.
 */
export class CompiledOperations {
  readonly #entries: LRUCache<string, CompiledEntry | "refused">;
  readonly #texts = new TextMemory(maxTextBytes);

  /** @param capacity how many are kept */
  constructor(capacity: number) {
    this.#entries = new LRUCache({ max: capacity, maxSize: maxPlanBytes });
  }

  /** @param key as {@link compile} returned it */
  get(key: string): CompiledEntry | "refused" | undefined {
    return this.#entries.get(key);
  }

  /**
   * Compiles an operation, unless that was done or tried before.
   *
   * @returns its key
   */
  compile(schema: GraphQLSchema, { source, operationName }: AskedOperation): string {
    const plain = stripIgnoredCharacters(source);
    const hash = createHash("sha256").update(plain).digest("base64");
    const key = JSON.stringify([hash, operationName ?? null]);
    if (this.#entries.has(key)) return key;
    // Without locations a document takes a fifth of the memory.
    const document = parse(plain, { noLocation: true });
    const operation = getOperationAST(document, operationName);
    const query = operation && compileOperation(schema, document, operation, this.#texts);
    if (operation == null || query == null) {
      this.#entries.set(key, "refused", { size: bytesPerOperation });
    } else {
      const size = bytesPerOperation + query.fields * bytesPerField + plain.length * bytesPerCharacter;
      this.#entries.set(key, { schema, document, operation, run: query.run }, { size });
    }
    return key;
  }
}
