import { Counter, Registry } from "prom-client";

import { droppedLogLines } from "../logger/index.js";
import { exportMetrics } from "./exported-metrics.js";
import { createHttpMetrics } from "./http.metrics.js";
import type { HttpMetrics } from "./http.metrics.js";
import { createLiveMetrics } from "./live.metrics.js";
import type { LiveMetrics } from "./live.metrics.js";
import { createOperationMetrics } from "./operation.metrics.js";
import type { OperationMetrics } from "./operation.metrics.js";
import { createProcessMetrics } from "./process.metrics.js";
import { createSharedStateMetrics } from "./shared-state.metrics.js";
import type { SharedStateMetrics } from "./shared-state.metrics.js";
import { createStreamMetrics } from "./stream.metrics.js";
import type { StreamMetrics } from "./stream.metrics.js";
import { createUpstreamMetrics } from "./upstream.metrics.js";
import type { UpstreamMetrics } from "./upstream.metrics.js";
import { createWriteMetrics } from "./write.metrics.js";
import type { WriteMetrics } from "./write.metrics.js";

/** The metrics of one gateway. Each has a registry of its own, so that several can run in one process. */
export interface Metrics {
  readonly operations: OperationMetrics;
  /** Observes the upstream client. */
  readonly upstream: UpstreamMetrics;
  readonly http: HttpMetrics;
  readonly live: LiveMetrics;
  readonly sharedState: SharedStateMetrics;
  readonly streams: StreamMetrics;
  readonly writes: WriteMetrics;
  readonly contentType: string;
  /** All metrics, in Prometheus's text format. */
  text(): Promise<string>;
  /**
   * Shows them to the process's OpenTelemetry SDK too, if there is one.
   *
   * @returns ends that
   */
  export(): () => void;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  createProcessMetrics(registry);
  createLogMetrics(registry);
  return {
    operations: createOperationMetrics(registry),
    upstream: createUpstreamMetrics(registry),
    http: createHttpMetrics(registry),
    live: createLiveMetrics(registry),
    sharedState: createSharedStateMetrics(registry),
    streams: createStreamMetrics(registry),
    writes: createWriteMetrics(registry),
    contentType: registry.contentType,
    text: () => registry.metrics(),
    export: () => exportMetrics(registry),
  };
}

/** Of the process's standard output, which all its gateways share. */
function createLogMetrics(registry: Registry): void {
  new Counter({
    name: "status_reason_gateway_log_lines_dropped_total",
    help: "Log lines that were dropped because standard output took none.",
    registers: [registry],
    collect() {
      this.reset();
      this.inc(droppedLogLines());
    },
  });
}
