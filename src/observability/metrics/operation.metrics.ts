import { Counter } from "prom-client";
import type { Registry } from "prom-client";

import { BoundedLabels } from "./bounded-labels.js";
import { batchedCounter, batchedHistogram, latencyBuckets } from "./batched-metrics.js";
import type { BatchedHistogram } from "./batched-metrics.js";

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

/** How often the runs of an operation ended alike. */
interface OperationCount {
  readonly type: EndedOperation["type"];
  readonly outcome: OperationOutcome;
  count: number;
}

/** What is known of the operations with one label. */
interface OperationFigures {
  readonly label: string;
  /** By type and outcome. */
  readonly counts: Map<string, OperationCount>;
  /** By type. */
  readonly observers: Map<string, (seconds: number) => void>;
}

export interface OperationMetrics {
  /** Finds the series of an operation once, for all runs that end alike. */
  operationEnded(operation: EndedOperation): CountOperation;
  /** Shows these codes of errors from the start, so that a first increase is seen as one. */
  declareErrors(codes: readonly string[]): void;
}

/** How many operations have labels of their own. */
const maxOperations = 100;

/** The label of all operations that were refused. */
const refusedLabel = "refused";

export function createOperationMetrics(registry: Registry): OperationMetrics {
  const registers = [registry];
  const durations = batchedHistogram({
    name: "status_reason_gateway_operation_duration_seconds",
    help: "How long GraphQL operations took, by name and hash, and type.",
    labelNames: ["operation", "type"],
    buckets: latencyBuckets,
    registers,
  });
  const errorsOf = batchedCounter({
    name: "status_reason_gateway_operation_errors_total",
    help: "GraphQL operations whose responses have errors, by the code of these.",
    labelNames: ["code"],
    registers,
  });
  // One more, for the operations that were refused.
  const operations = new BoundedLabels<OperationFigures>(maxOperations + 1, {
    create: (label) => ({ label, counts: new Map(), observers: new Map() }),
    remove: ({ label, observers }) => {
      for (const type of observers.keys()) durations.remove(label, type);
    },
  });
  showCounts(operations, registry);
  return {
    operationEnded: (operation) => {
      const { label = refusedLabel, outcome, errorCodes } = operation;
      const errors = errorCodes.map((code) => errorsOf(code));
      let figures: OperationFigures | undefined;
      let run: RunCounter | undefined;
      return (durationMs, isAccepted) => {
        // Only a success for a caller whom the upstream accepted creates a label: names cost a stranger nothing.
        const isHonest = operation.label === undefined || (outcome === "ok" && isAccepted);
        const now = operations.figuresOf(label, isHonest);
        // Hot path: the same until the label gets figures of its own, or is evicted.
        if (run === undefined || now !== figures) {
          figures = now;
          run = runCounterOf(now, operation, durations);
        }
        run.count.count += 1;
        run.observe(durationMs / 1000);
        for (const countError of errors) countError();
      };
    },
    declareErrors: (codes) => {
      for (const code of codes) errorsOf(code);
    },
  };
}

/** Where one run is counted. */
interface RunCounter {
  readonly count: OperationCount;
  readonly observe: (seconds: number) => void;
}

function runCounterOf(
  { label, counts, observers }: OperationFigures,
  { type, outcome }: EndedOperation,
  durations: BatchedHistogram,
): RunCounter {
  const key = `${type} ${outcome}`;
  const count = counts.get(key) ?? { type, outcome, count: 0 };
  counts.set(key, count);
  const observe = observers.get(type) ?? durations.observerOf(label, type);
  observers.set(type, observe);
  return { count, observe };
}

/** Set when the metrics are read, so that evicted labels disappear. */
function showCounts(operations: BoundedLabels<OperationFigures>, registry: Registry): void {
  new Counter({
    name: "status_reason_gateway_operations_total",
    help: "GraphQL operations by name and hash, type and outcome.",
    labelNames: ["operation", "type", "outcome"],
    registers: [registry],
    collect() {
      this.reset();
      for (const { label, counts } of operations.all()) {
        for (const { type, outcome, count } of counts.values()) this.labels(label, type, outcome).inc(count);
      }
    },
  });
}
