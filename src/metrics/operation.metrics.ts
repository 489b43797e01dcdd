import type { Registry } from "prom-client";

import { boundedLabels } from "./bounded-labels.js";
import { latencyBuckets } from "./buckets.js";
import { countTogether, observeTogether } from "./noted-together.js";

/** `refused`: nothing of it was executed. */
export type OperationOutcome = "ok" | "partial" | "failed" | "refused";

/** One GraphQL operation that was answered. */
export interface EndedOperation {
  /** Its name and hash; undefined where it was refused, for then callers could make up any number. */
  readonly label: string | undefined;
  readonly type: "query" | "mutation" | "subscription" | "unknown";
  readonly outcome: OperationOutcome;
  readonly durationMs: number;
  readonly errorCodes: readonly string[];
}

export interface OperationMetrics {
  operationEnded(operation: EndedOperation): void;
}

/** How many operations are told apart. */
const maxOperations = 100;

/** What an operation that was refused is called. */
const refusedLabel = "refused";

export function createOperationMetrics(registry: Registry): OperationMetrics {
  const registers = [registry];
  const boundedLabel = boundedLabels(maxOperations);
  const countOperation = countTogether({
    name: "gateway_operations_total",
    help: "GraphQL operations by name and hash, type and outcome.",
    labelNames: ["operation", "type", "outcome"],
    registers,
  });
  const observeDuration = observeTogether({
    name: "gateway_operation_duration_seconds",
    help: "How long GraphQL operations took, by type and outcome.",
    labelNames: ["type", "outcome"],
    buckets: latencyBuckets,
    registers,
  });
  const countError = countTogether({
    name: "gateway_operation_errors_total",
    help: "Errors in the answers to GraphQL operations, by code.",
    labelNames: ["code"],
    registers,
  });
  return {
    operationEnded: ({ label, type, outcome, durationMs, errorCodes }) => {
      const operation = label === undefined ? refusedLabel : boundedLabel(label);
      countOperation(operation, type, outcome);
      observeDuration(durationMs / 1000, type, outcome);
      for (const code of errorCodes) countError(code);
    },
  };
}
