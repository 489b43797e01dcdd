import type { FastifyInstance } from "fastify";

import type { Metrics } from "../../observability/index.js";
import { registerAllowedMethods } from "../http-errors.js";

const metricsPath = "/metrics";

/** `/metrics`: all metrics in Prometheus's text format. */
export function registerMetrics(app: FastifyInstance, metrics: Metrics): void {
  app.get(metricsPath, async (_request, reply) => {
    void reply.type(metrics.contentType);
    return metrics.text();
  });
  registerAllowedMethods(app, metricsPath, ["GET", "HEAD"]);
}
