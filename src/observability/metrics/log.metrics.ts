import { Counter } from "prom-client";
import type { Registry } from "prom-client";

import { droppedLogLines } from "../logger/index.js";

/** Reports what became of the log, which all gateways of the process share. */
export function createLogMetrics(registry: Registry): void {
  new Counter({
    name: "gateway_log_lines_dropped_total",
    help: "Log lines that were dropped because standard output took none.",
    registers: [registry],
    collect() {
      this.reset();
      this.inc(droppedLogLines());
    },
  });
}
