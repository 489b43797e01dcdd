import { Registry, collectDefaultMetrics } from "prom-client";

import { createHttpMetrics } from "./http.metrics.js";
import type { HttpMetrics } from "./http.metrics.js";
import { createLiveMetrics } from "./live.metrics.js";
import type { LiveMetrics } from "./live.metrics.js";
import { createLogMetrics } from "./log.metrics.js";
import { createOperationMetrics } from "./operation.metrics.js";
import type { OperationMetrics } from "./operation.metrics.js";
import { createUpstreamMetrics } from "./upstream.metrics.js";
import type { UpstreamMetrics } from "./upstream.metrics.js";

/** What one gateway counts. Each has a registry of its own, so that several can run in one process. */
export interface Metrics {
  readonly operations: OperationMetrics;
  /** Takes what the upstream client tells of its calls. */
  readonly upstream: UpstreamMetrics;
  readonly http: HttpMetrics;
  readonly live: LiveMetrics;
  readonly contentType: string;
  /** Everything, in Prometheus's text format. */
  text(): Promise<string>;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  createLogMetrics(registry);
  return {
    operations: createOperationMetrics(registry),
    upstream: createUpstreamMetrics(registry),
    http: createHttpMetrics(registry),
    live: createLiveMetrics(registry),
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}
