import type { GraphQLRequestContext } from "@apollo/server";
import { OperationTypeNode } from "graphql";
import type { GraphQLSchema } from "graphql";
import { LRUCache } from "lru-cache";

import type { QueryLimits } from "../config/index.js";
import type { RunOperation } from "./compile/index.js";
import type { GatewayContext } from "../graphql/index.js";
import { enforceLimits } from "../graphql/index.js";
import { summarize } from "../observability/index.js";
import type { OperationSummary, PrepareReport, ReportOperation } from "../observability/index.js";
import { PlanCache } from "./plan-cache.js";
import type { OperationSource, CachedPlan } from "./plan-cache.js";
import { IdleQueue } from "./idle-queue.js";
import type { OperationRequest } from "./operation-request.js";

/** A query that Apollo has parsed, validated and executed without an error before. */
export interface CompiledOperation {
  readonly run: RunOperation;
  /** Logs and counts another execution without an error. */
  readonly report: ReportOperation;
}

/** An operation of a document as it was sent: the report contains the hash of this very text. */
interface SentOperation {
  /** Its key in the {@link PlanCache}. */
  readonly key: string;
  readonly report: ReportOperation;
}

/** By operation name; undefined where the request has none. */
type OperationsByName = ReadonlyMap<string | undefined, SentOperation>;

/** In characters. Longer documents are rare, and would evict many others. */
const maxSourceLength = 16 * 1024;

/** Budget of the texts of documents, in bytes. */
const maxDocumentBytes = 8 * 1024 * 1024;

/** Heap of the report of an operation: a logger and its metrics. */
const reportBytes = 4096;

/** How many operations that were received once are remembered, by hash and name. */
const maxSeen = 5000;
const maxSeenCharacters = 1024 * 1024;

/**
 * Finds the compiled form of an operation. A query is compiled when it is received a second time, after its response
 * was sent, and only if the upstream has accepted its caller.
 */
export class CompiledOperations {
  readonly #plans: PlanCache;
  readonly #documents = new LRUCache<string, OperationsByName>({ maxSize: maxDocumentBytes });
  readonly #seen = new LRUCache<string, true>({ max: maxSeen, maxSize: maxSeenCharacters });
  readonly #queue = new IdleQueue();

  /**
   * @param capacity how many are kept
   * @param limits of an operation, checked on each lookup
   */
  constructor(
    capacity: number,
    private readonly limits: QueryLimits,
    private readonly prepareReport: PrepareReport,
  ) {
    this.#plans = new PlanCache(capacity);
  }

  /** @returns undefined also where the operation exceeds a limit with these variables */
  find(request: OperationRequest): CompiledOperation | undefined {
    const sent = this.#documents.get(request.source)?.get(request.operationName);
    const entry = sent && this.#plans.get(sent.key);
    if (sent === undefined || entry === undefined || entry === "refused") return undefined;
    return this.#isWithinLimits(entry, request) ? { run: entry.run, report: sent.report } : undefined;
  }

  /** Compiles a query that Apollo has executed, if it is due: without an error, and for a caller known upstream. */
  learn(executed: GraphQLRequestContext<GatewayContext>): void {
    const { request, source, operation, schema, contextValue } = executed;
    if (operation?.operation !== OperationTypeNode.QUERY) return;
    if (source === undefined || source.length > maxSourceLength) return;
    // Without a successful read nothing is known about the caller.
    if (!contextValue.call.stats?.readsAnswered) return;
    const asked = { source, operationName: request.operationName ?? undefined };
    if (this.#isKnown(asked)) return;
    const summary = summarize(executed);
    if (summary.outcome !== "ok" || !this.#isSeenAgain(executed.queryHash, asked)) return;
    this.#queue.add(() => {
      this.#compile(schema, asked, summary);
    });
  }

  #isKnown({ source, operationName }: OperationSource): boolean {
    const sent = this.#documents.get(source)?.get(operationName);
    return sent !== undefined && this.#plans.get(sent.key) !== undefined;
  }

  #isSeenAgain(hash = "", { operationName }: OperationSource): boolean {
    const key = JSON.stringify([hash, operationName ?? null]);
    if (this.#seen.get(key)) return true;
    this.#seen.set(key, true, { size: key.length });
    return false;
  }

  #compile(schema: GraphQLSchema, asked: OperationSource, summary: OperationSummary): void {
    const key = this.#plans.compile(schema, asked);
    const { source, operationName } = asked;
    const byName = new Map(this.#documents.get(source));
    byName.set(operationName, { key, report: this.prepareReport(summary) });
    this.#documents.set(source, byName, { size: source.length * 2 + byName.size * reportBytes });
  }

  #isWithinLimits(
    { schema, document, operation }: CachedPlan,
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
