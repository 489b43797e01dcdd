import type { GraphQLRequestContext } from "@apollo/server";
import { OperationTypeNode } from "graphql";
import type { GraphQLSchema } from "graphql";
import { LRUCache } from "lru-cache";

import type { QueryLimits } from "../config/index.js";
import type { CompiledOperation } from "./compile/index.js";
import type { GatewayContext } from "../graphql/index.js";
import { enforceLimits } from "../graphql/index.js";
import { summarize } from "../observability/index.js";
import type { OperationSummary, PrepareReport, ReportOperation } from "../observability/index.js";
import { CompiledOperations } from "./compiled-operations.js";
import type { AskedOperation, CompiledEntry } from "./compiled-operations.js";
import { IdleQueue } from "./idle-queue.js";
import type { OperationRequest } from "./operation-request.js";

/** A query that Apollo has parsed, validated and answered without an error before. */
export interface KnownOperation {
  readonly run: CompiledOperation;
  /** Tells that it went well again. */
  readonly report: ReportOperation;
}

/** What is known of an operation of a document as it is spelled: the document's hash is in the report. */
interface Spelled {
  /** Its key among the compiled operations. */
  readonly key: string;
  readonly report: ReportOperation;
}

/** By operation name; undefined where the request has none. */
type SpelledByName = ReadonlyMap<string | undefined, Spelled>;

/** Longer documents are rare, and would push out many others, in characters. */
const maxSourceLength = 16 * 1024;

/** What the spellings of documents may take together, in bytes. */
const maxSpellingBytes = 8 * 1024 * 1024;

/** What the report of an operation takes: a logger and its metrics. */
const reportBytes = 4096;

/** How many operations that were asked for once are remembered, by their hashes and names. */
const maxSeen = 5000;
const maxSeenCharacters = 1024 * 1024;

/**
 * The queries that were answered before, compiled. What comes once is not worth it: an operation is compiled when it
 * is asked for a second time, after its answer was sent, and only where the upstream has accepted the caller for it.
 */
export class KnownOperations {
  readonly #compiled: CompiledOperations;
  readonly #spellings = new LRUCache<string, SpelledByName>({ maxSize: maxSpellingBytes });
  readonly #seen = new LRUCache<string, true>({ max: maxSeen, maxSize: maxSeenCharacters });
  readonly #queue = new IdleQueue();

  /**
   * @param capacity how many are kept
   * @param limits what an operation may ask for
   */
  constructor(
    capacity: number,
    private readonly limits: QueryLimits,
    private readonly prepareReport: PrepareReport,
  ) {
    this.#compiled = new CompiledOperations(capacity);
  }

  /** @returns undefined also where the operation asks for too much with these variables */
  find(request: OperationRequest): KnownOperation | undefined {
    const spelled = this.#spellings.get(request.source)?.get(request.operationName);
    const entry = spelled && this.#compiled.get(spelled.key);
    if (spelled === undefined || entry === undefined || entry === "refused") return undefined;
    return this.#isWithinLimits(entry, request) ? { run: entry.run, report: spelled.report } : undefined;
  }

  /** Notes a query that Apollo has answered, if it went well for a caller whom the upstream has accepted. */
  learn(answered: GraphQLRequestContext<GatewayContext>): void {
    const { request, operation, schema, contextValue } = answered;
    const { query: source } = request;
    if (operation?.operation !== OperationTypeNode.QUERY) return;
    if (source === undefined || source.length > maxSourceLength) return;
    // An operation that called nothing says nothing about who asked for it.
    if (!contextValue.call.stats?.readsAnswered) return;
    const asked = { source, operationName: request.operationName ?? undefined };
    if (this.#isKnown(asked)) return;
    const summary = summarize(answered);
    if (summary.outcome !== "ok" || !this.#isSeenAgain(answered.queryHash, asked)) return;
    this.#queue.add(() => {
      this.#compile(schema, asked, summary);
    });
  }

  #isKnown({ source, operationName }: AskedOperation): boolean {
    const spelled = this.#spellings.get(source)?.get(operationName);
    return spelled !== undefined && this.#compiled.get(spelled.key) !== undefined;
  }

  #isSeenAgain(hash = "", { operationName }: AskedOperation): boolean {
    const key = JSON.stringify([hash, operationName ?? null]);
    if (this.#seen.get(key)) return true;
    this.#seen.set(key, true, { size: key.length });
    return false;
  }

  #compile(schema: GraphQLSchema, asked: AskedOperation, summary: OperationSummary): void {
    const key = this.#compiled.compile(schema, asked);
    const { source, operationName } = asked;
    const byName = new Map(this.#spellings.get(source));
    byName.set(operationName, { key, report: this.prepareReport(summary) });
    this.#spellings.set(source, byName, { size: source.length * 2 + byName.size * reportBytes });
  }

  #isWithinLimits(
    { schema, document, operation }: CompiledEntry,
    { variables }: Pick<OperationRequest, "variables">,
  ): boolean {
    try {
      enforceLimits({ schema, document, operation, variables }, this.limits);
      return true;
    } catch {
      return false;
    }
  }
}
