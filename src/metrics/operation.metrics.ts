import type { Registry } from "prom-client";

import { boundedLabels } from "./bounded-labels.js";
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

/** Counts an operation that was answered as the one it was prepared for. */
export type CountOperation = (durationMs: number) => void;

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
  const boundedLabel = boundedLabels(maxOperations);
  const operationsOf = countTogether({
    name: "gateway_operations_total",
    help: "GraphQL operations by name and hash, type and outcome.",
    labelNames: ["operation", "type", "outcome"],
    registers,
  });
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
      const operation = label === undefined ? refusedLabel : boundedLabel(label);
      const count = operationsOf(operation, type, outcome);
      const observe = durationsOf(type, outcome);
      const errors = errorCodes.map((code) => errorsOf(code));
      return (durationMs) => {
        count();
        observe(durationMs / 1000);
        for (const countError of errors) countError();
      };
    },
  };
}
