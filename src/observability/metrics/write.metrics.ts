import { Counter } from "prom-client";
import type { Registry } from "prom-client";

/** Writes of status reasons. */
export interface WriteMetrics {
  /**
   * @param operation the upstream's, such as `updateStatusReason`
   * @param outcome what it came to, such as `DONE`
   * @param count of writes; 0 shows the figure from the start
   */
  writesEnded(operation: string, outcome: string, count: number): void;
  /** Counts items of a batch, also those for which nothing was sent. */
  batchItemsEnded(batch: string, outcome: string, count: number): void;
}

export function createWriteMetrics(registry: Registry): WriteMetrics {
  const registers = [registry];
  const writes = new Counter({
    name: "status_reason_gateway_writes_total",
    help: "Writes of status reasons that were attempted, repetitions after conflicts not counted, by what they came to.",
    labelNames: ["operation", "outcome"],
    registers,
  });
  const items = new Counter({
    name: "status_reason_gateway_batch_items_total",
    help: "Items of batches of writes, by what they came to; NOT_TRIED are those for which nothing was sent.",
    labelNames: ["batch", "outcome"],
    registers,
  });
  return {
    writesEnded: (operation, outcome, count) => {
      writes.inc({ operation, outcome }, count);
    },
    batchItemsEnded: (batch, outcome, count) => {
      items.inc({ batch, outcome }, count);
    },
  };
}
