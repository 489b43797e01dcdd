import { metrics } from "@opentelemetry/api";
import type { BatchObservableCallback, Meter, Observable } from "@opentelemetry/api";
import { Counter, Gauge } from "prom-client";
import type { Registry } from "prom-client";

/** What OpenTelemetry's metrics come from. Does nothing unless the process has an SDK that exports metrics. */
export function meter(): Meter {
  return metrics.getMeter("status-reason-gateway");
}

/**
 * Shows the counters and gauges of a registry to OpenTelemetry too, by the same names. Histograms are recorded by
 * {@link batchedHistogram}: what is collected here is handed over first, as the registry is read.
 *
 * @returns ends that
 */
export function exportMetrics(registry: Registry): () => void {
  const source = meter();
  const instruments = new Map<string, Observable>();
  for (const metric of registry.getMetricsAsArray()) {
    const { name } = metric;
    const options = { description: metric.help };
    if (metric instanceof Counter) instruments.set(name, source.createObservableCounter(name, options));
    if (metric instanceof Gauge) instruments.set(name, source.createObservableGauge(name, options));
  }
  const observe: BatchObservableCallback = async (result) => {
    for (const { name, values } of await registry.getMetricsAsJSON()) {
      const instrument = instruments.get(name);
      if (instrument === undefined) continue;
      for (const { value, labels } of values) result.observe(instrument, value, labels);
    }
  };
  const observed = [...instruments.values()];
  source.addBatchObservableCallback(observe, observed);
  return () => {
    source.removeBatchObservableCallback(observe, observed);
  };
}
