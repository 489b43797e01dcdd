import { Counter, Gauge } from "prom-client";
import type { Registry } from "prom-client";

import { batchedCounter, batchedGauge, batchedHistogram, latencyBuckets } from "./batched-metrics.js";

/** An endpoint of the upstream. */
interface Endpoint {
  readonly service: string;
  readonly operation: string;
}

/** An upstream call that ended. */
interface EndedCall extends Endpoint {
  /** The HTTP status, or the fault if there was no response. */
  readonly outcome: string | number;
  readonly durationMs: number;
}

/** Whether a circuit lets calls through. */
export type CircuitState = "closed" | "half-open" | "open";

/** Observes the upstream client. */
export interface UpstreamMetrics {
  /** A request is sent; one `callEnded` follows. */
  callStarted(call: Endpoint): void;
  callEnded(call: EndedCall): void;
  /** A call is retried. */
  retried(call: Endpoint): void;
  /** A call waits, or is refused, because its account has as many calls as it may. */
  heldBack(call: Endpoint, outcome: "delayed" | "refused"): void;
  /** A read joined an identical one in flight. */
  readShared(call: Endpoint): void;
  /** @param count of the records in a response that could not be decoded */
  recordsSkipped(call: Endpoint, count: number): void;
  /** @param host whose circuit it is */
  circuitChanged(host: string, state: CircuitState): void;
  /** @param host whose queue it is */
  queueChanged(host: string, length: number): void;
}

const circuitValues: Readonly<Record<CircuitState, number>> = { closed: 0, "half-open": 1, open: 2 };

const endpoint = ["service", "operation"] as const;

export function createUpstreamMetrics(registry: Registry): UpstreamMetrics {
  const metrics = register(registry);
  return {
    callStarted: ({ service, operation }) => {
      metrics.inFlightOf(service, operation)(1);
    },
    callEnded: ({ service, operation, outcome, durationMs }) => {
      metrics.inFlightOf(service, operation)(-1);
      metrics.callsOf(service, operation, String(outcome))();
      metrics.durations.observerOf(service, operation)(durationMs / 1000);
    },
    retried: ({ service, operation }) => {
      metrics.retriesOf(service, operation)();
    },
    heldBack: ({ service, operation }, outcome) => {
      metrics.heldBack.inc({ service, operation, outcome });
    },
    readShared: ({ service, operation }) => {
      metrics.sharedReadsOf(service, operation)();
    },
    recordsSkipped: ({ service, operation }, count) => {
      metrics.unreadableRecords.inc({ service, operation }, count);
    },
    circuitChanged: (host, state) => {
      metrics.circuit.set({ host }, circuitValues[state]);
    },
    queueChanged: (host, length) => {
      metrics.queue.set({ host }, length);
    },
  };
}

function register(registry: Registry) {
  const registers = [registry];
  return {
    callsOf: batchedCounter({
      name: "status_reason_gateway_upstream_calls_total",
      help: "Upstream calls by service, operation and status; the fault where there was no answer.",
      labelNames: [...endpoint, "status"],
      registers,
    }),
    inFlightOf: batchedGauge({
      name: "status_reason_gateway_upstream_calls_in_flight",
      help: "Upstream calls that were sent and wait for their response.",
      labelNames: endpoint,
      registers,
    }),
    durations: batchedHistogram({
      name: "status_reason_gateway_upstream_call_duration_seconds",
      help: "How long upstream calls took.",
      labelNames: endpoint,
      buckets: latencyBuckets,
      registers,
    }),
    retriesOf: batchedCounter({
      name: "status_reason_gateway_upstream_retries_total",
      help: "Upstream calls that were tried again.",
      labelNames: endpoint,
      registers,
    }),
    heldBack: new Counter({
      name: "status_reason_gateway_upstream_held_back_total",
      help: "Upstream calls that had to wait, or were refused, because their account had as many as it may.",
      labelNames: [...endpoint, "outcome"],
      registers,
    }),
    sharedReadsOf: batchedCounter({
      name: "status_reason_gateway_upstream_shared_reads_total",
      help: "Reads that joined one that was in flight already.",
      labelNames: endpoint,
      registers,
    }),
    unreadableRecords: new Counter({
      name: "status_reason_gateway_upstream_odd_records_total",
      help: "Records of lists that could not be read and were left out.",
      labelNames: endpoint,
      registers,
    }),
    circuit: new Gauge({
      name: "status_reason_gateway_upstream_circuit_state",
      help: "The upstream's circuit by host: 0 closed, 1 half open, 2 open.",
      labelNames: ["host"],
      registers,
    }),
    queue: new Gauge({
      name: "status_reason_gateway_upstream_queue_length",
      help: "Upstream calls that wait for their turn, by host.",
      labelNames: ["host"],
      registers,
    }),
  };
}
