import { Counter, Gauge } from "prom-client";
import type { Registry } from "prom-client";

const transports = ["websocket", "sse", "multipart"] as const;

/** How the events of a subscription reach its client. */
export type StreamTransport = (typeof transports)[number];

/** Subscriptions, by how they are served. */
export interface StreamMetrics {
  /** A subscription started; one `streamEnded` follows. */
  streamStarted(transport: StreamTransport): void;
  streamEnded(transport: StreamTransport): void;
  /** An event went out. */
  eventSent(transport: StreamTransport): void;
  /** A client was cut that took nothing for too long. */
  clientCut(transport: StreamTransport): void;
}

export function createStreamMetrics(registry: Registry): StreamMetrics {
  const common = { labelNames: ["transport"] as const, registers: [registry] };
  const open = new Gauge({
    name: "status_reason_gateway_streams_open",
    help: "Subscriptions that are being served, by transport.",
    ...common,
  });
  const events = new Counter({
    name: "status_reason_gateway_stream_events_total",
    help: "Events sent to subscribers, by transport.",
    ...common,
  });
  const cut = new Counter({
    name: "status_reason_gateway_stream_clients_cut_total",
    help: "Clients cut because they took nothing for too long, by transport.",
    ...common,
  });
  // From the start, so that a first increase is seen as one.
  for (const transport of transports) {
    open.set({ transport }, 0);
    for (const counter of [events, cut]) counter.inc({ transport }, 0);
  }
  return {
    streamStarted: (transport) => {
      open.inc({ transport });
    },
    streamEnded: (transport) => {
      open.dec({ transport });
    },
    eventSent: (transport) => {
      events.inc({ transport });
    },
    clientCut: (transport) => {
      cut.inc({ transport });
    },
  };
}
