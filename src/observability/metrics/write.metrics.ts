import { Counter } from "prom-client";
import type { Registry } from "prom-client";

/** Writes of status reasons. */
export interface WriteMetrics {
  /**
   * @param operation the upstream's, such as `updateStatusReason`
   * @param outcome what it came to, such as `DONE`
   */
  writeEnded(operation: string, outcome: string): void;
  /** Counts one item of a batch, also one for which nothing was sent. */
  batchItemEnded(batch: string, outcome: string): void;
}

export function createWriteMetrics(registry: Registry): WriteMetrics {
  const registers = [registry];
  const writes = new Counter({
    name: "gateway_writes_total",
    help: "Writes of status reasons that were sent upstream, repetitions after conflicts not counted, by what they came to.",
    labelNames: ["operation", "outcome"],
    registers,
  });
  const items = new Counter({
    name: "gateway_batch_items_total",
    help: "Items of batches of writes, by what they came to; NOT_TRIED are those for which nothing was sent.",
    labelNames: ["batch", "outcome"],
    registers,
  });
  return {
    writeEnded: (operation, outcome) => {
      writes.inc({ operation, outcome });
    },
    batchItemEnded: (batch, outcome) => {
      items.inc({ batch, outcome });
    },
  };
}
