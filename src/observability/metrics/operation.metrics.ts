import { Counter } from "prom-client";
import type { Registry } from "prom-client";

import { BoundedLabels } from "./bounded-labels.js";
import { batchedCounter, batchedHistogram, latencyBuckets } from "./batched-metrics.js";

/** `refused`: nothing of it was executed. */
export type OperationOutcome = "ok" | "partial" | "failed" | "refused";

/** How a GraphQL operation ended. */
export interface EndedOperation {
  /** Its name and hash; undefined if it was refused, since callers could invent any number of names. */
  readonly label: string | undefined;
  readonly type: "query" | "mutation" | "subscription" | "unknown";
  readonly outcome: OperationOutcome;
  readonly errorCodes: readonly string[];
}

/**
 * Counts one run of an operation.
 *
 * @param isAccepted whether the upstream accepted the caller's credentials
 */
export type CountOperation = (durationMs: number, isAccepted: boolean) => void;

/** The runs of an operation that ended alike. */
interface OperationSeries {
  readonly labels: readonly [operation: string, type: string, outcome: string];
  count: number;
}

export interface OperationMetrics {
  /** Finds the series of an operation once, for all runs that end alike. */
  operationEnded(operation: EndedOperation): CountOperation;
}

/** How many operations have labels of their own. */
const maxOperations = 100;

/** The label of all operations that were refused. */
const refusedLabel = "refused";

export function createOperationMetrics(registry: Registry): OperationMetrics {
  const registers = [registry];
  const operations = countOperations(registry);
  const durationsOf = batchedHistogram({
    name: "gateway_operation_duration_seconds",
    help: "How long GraphQL operations took, by type and outcome.",
    labelNames: ["type", "outcome"],
    buckets: latencyBuckets,
    registers,
  });
  const errorsOf = batchedCounter({
    name: "gateway_operation_errors_total",
    help: "Errors in the answers to GraphQL operations, by code.",
    labelNames: ["code"],
    registers,
  });
  return {
    operationEnded: ({ label, type, outcome, errorCodes }) => {
      const key = `${type} ${outcome}`;
      const make = (operation: string): OperationSeries => ({ labels: [operation, type, outcome], count: 0 });
      // Only a success for a caller whom the upstream accepted creates a label: names cost a stranger nothing.
      const observe = durationsOf(type, outcome);
      const errors = errorCodes.map((code) => errorsOf(code));
      return (durationMs, isAccepted) => {
        const isHonest = label === undefined || (outcome === "ok" && isAccepted);
        operations.seriesOf(label ?? refusedLabel, key, make, isHonest).count += 1;
        observe(durationMs / 1000);
        for (const countError of errors) countError();
      };
    },
  };
}

/** Set when the metrics are read, so that evicted labels disappear. */
function countOperations(registry: Registry): BoundedLabels<OperationSeries> {
  // One more, for the operations that were refused.
  const operations = new BoundedLabels<OperationSeries>(maxOperations + 1);
  new Counter({
    name: "gateway_operations_total",
    help: "GraphQL operations by name and hash, type and outcome.",
    labelNames: ["operation", "type", "outcome"],
    registers: [registry],
    collect() {
      this.reset();
      for (const { labels, count } of operations.all()) this.labels(...labels).inc(count);
    },
  });
  return operations;
}
