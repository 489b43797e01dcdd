import { Gauge, collectDefaultMetrics } from "prom-client";
import type { Registry } from "prom-client";

import { packageVersion } from "../../package-version.js";

/** The start of every metric's name, so that none is mistaken for another program's. */
export const metricPrefix = "status_reason_gateway_";

/**
 * Gauges of prom-client whose names end like a counter's, against Prometheus's conventions. The sums of
 * `nodejs_active_handles`, `…_requests` and `…_resources`, which are kept, are the same figures.
 */
const misnamed = [
  "nodejs_active_handles_total",
  "nodejs_active_requests_total",
  "nodejs_active_resources_total",
];

/** The process: CPU, memory, event loop, garbage collection; and which build of the gateway it runs. */
export function createProcessMetrics(registry: Registry): void {
  collectDefaultMetrics({ register: registry, prefix: metricPrefix });
  for (const name of misnamed) registry.removeSingleMetric(metricPrefix + name);
  const build = new Gauge({
    name: `${metricPrefix}build_info`,
    help: "1, with the version of the gateway and of Node.js that run.",
    labelNames: ["version", "node_version"],
    registers: [registry],
  });
  build.set({ version: packageVersion(), node_version: process.versions.node }, 1);
}
