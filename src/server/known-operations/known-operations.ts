import type { GraphQLRequestContext } from "@apollo/server";
import { LRUCache } from "lru-cache";

import type { QueryLimits } from "../../config.js";
import { compileOperation } from "../../graphql/compiled/compile-operation.js";
import type { CompiledOperation } from "../../graphql/compiled/compile-operation.js";
import type { GatewayContext } from "../../graphql/context.js";
import { enforceLimits } from "../../graphql/limits/operation-limits.js";
import type { LimitedOperation } from "../../graphql/limits/operation-limits.js";
import type { PrepareReport, ReportOperation } from "../operation-report.js";
import { summarize } from "../operation-summary.js";
import type { OperationRequest } from "./operation-request.js";

/** A query that Apollo has parsed, validated and answered without an error before. */
export interface KnownOperation extends Omit<LimitedOperation, "variables"> {
  readonly run: CompiledOperation;
  /** Tells that it went well again. */
  readonly report: ReportOperation;
}

/** Longer documents are rare, and would push out many others, in characters. */
const maxSourceLength = 16 * 1024;

/** What all documents together may come to, in characters: they come from callers, and memory must not. */
const maxTotalLength = 4 * 1024 * 1024;

/**
 * The queries that were answered before, compiled. A document is known by its text alone: who sent it does not
 * matter, and nothing of an answer is kept.
 */
export class KnownOperations {
  readonly #operations: LRUCache<string, KnownOperation> | undefined;

  /**
   * @param capacity how many; 0: none, so that Apollo and graphql-js answer everything
   * @param limits what an operation may ask for
   */
  constructor(
    capacity: number,
    private readonly limits: QueryLimits,
    private readonly prepareReport: PrepareReport,
  ) {
    this.#operations = capacity === 0 ? undefined : new LRUCache({ max: capacity, maxSize: maxTotalLength });
  }

  /** Whether no operation is ever known. */
  get isOff(): boolean {
    return this.#operations === undefined;
  }

  /** @returns undefined also where the operation asks for too much with these variables */
  find(request: OperationRequest): KnownOperation | undefined {
    const operation = this.#operations?.get(keyOf(request));
    return operation && this.#isWithinLimits(operation, request) ? operation : undefined;
  }

  /** Notes a query that Apollo has answered, if it went well and can be compiled. */
  learn(answered: GraphQLRequestContext<GatewayContext>): void {
    const { request, document, operation, schema } = answered;
    const { query: source, operationName } = request;
    if (this.#operations === undefined || document === undefined || operation == null) return;
    if (source === undefined || source.length > maxSourceLength) return;
    const key = keyOf({ source, operationName });
    if (this.#operations.has(key)) return;
    const summary = summarize(answered);
    const run = summary.outcome === "ok" ? compileOperation(schema, document, operation) : undefined;
    if (run === undefined) return;
    const report = this.prepareReport(summary);
    this.#operations.set(key, { schema, document, operation, run, report }, { size: key.length });
  }

  #isWithinLimits({ schema, document, operation }: KnownOperation, { variables }: OperationRequest): boolean {
    try {
      enforceLimits({ schema, document, operation, variables }, this.limits);
      return true;
    } catch {
      return false;
    }
  }
}

/** Whatever a name is, and whether there is one: no two requests that differ have the same key. */
function keyOf({ source, operationName }: Pick<OperationRequest, "source" | "operationName">): string {
  return JSON.stringify([operationName ?? null, source]);
}
