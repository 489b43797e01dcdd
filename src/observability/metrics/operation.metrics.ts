import { Counter } from "prom-client";
import type { Registry } from "prom-client";

import { BoundedLabels } from "./bounded-labels.js";
import { latencyBuckets } from "./buckets.js";
import { countTogether, observeTogether } from "./noted-together.js";

/** `refused`: nothing of it was executed. */
export type OperationOutcome = "ok" | "partial" | "failed" | "refused";

/** How a GraphQL operation was answered. */
export interface EndedOperation {
  /** Its name and hash; undefined where it was refused, for then callers could make up any number. */
  readonly label: string | undefined;
  readonly type: "query" | "mutation" | "subscription" | "unknown";
  readonly outcome: OperationOutcome;
  readonly errorCodes: readonly string[];
}

/**
 * Counts an operation that was answered as the one it was prepared for.
 *
 * @param isAccepted whether the upstream let its caller in
 */
export type CountOperation = (durationMs: number, isAccepted: boolean) => void;

/** How often an operation came to the same. */
interface OperationSeries {
  readonly labels: readonly [operation: string, type: string, outcome: string];
  count: number;
}

export interface OperationMetrics {
  /** Finds the series once for all times that an operation is answered alike. */
  operationEnded(operation: EndedOperation): CountOperation;
}

/** How many operations are told apart. */
const maxOperations = 100;

/** What an operation that was refused is called. */
const refusedLabel = "refused";

export function createOperationMetrics(registry: Registry): OperationMetrics {
  const registers = [registry];
  const operations = countOperations(registry);
  const durationsOf = observeTogether({
    name: "gateway_operation_duration_seconds",
    help: "How long GraphQL operations took, by type and outcome.",
    labelNames: ["type", "outcome"],
    buckets: latencyBuckets,
    registers,
  });
  const errorsOf = countTogether({
    name: "gateway_operation_errors_total",
    help: "Errors in the answers to GraphQL operations, by code.",
    labelNames: ["code"],
    registers,
  });
  return {
    operationEnded: ({ label, type, outcome, errorCodes }) => {
      const key = `${type} ${outcome}`;
      const make = (operation: string): OperationSeries => ({ labels: [operation, type, outcome], count: 0 });
      // Only what went well for somebody whom the upstream knows may take a place: names cost a stranger nothing.
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

/** Told when somebody looks: what lost its place is not shown again. */
function countOperations(registry: Registry): BoundedLabels<OperationSeries> {
  // What was refused has a place of its own.
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
