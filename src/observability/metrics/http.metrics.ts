import { Counter, Gauge } from "prom-client";
import type { Registry } from "prom-client";

/** The limits that requests are turned away at: of all in flight, of those of one connection, of a caller in a minute. */
const requestLimits = ["in_flight", "pipelined", "caller"] as const;

export type RequestLimit = (typeof requestLimits)[number];

/** What happens over HTTP, before GraphQL. */
export interface HttpMetrics {
  /** A GraphQL request takes a slot in flight; one `requestEnded` follows. */
  requestStarted(): void;
  requestEnded(): void;
  /** A request was refused because too many were in flight, or its caller had as many as it may. */
  requestRefused(limit: RequestLimit): void;
  /** A client connected; one `connectionClosed` follows. */
  connectionOpened(): void;
  connectionClosed(): void;
  /** A connection was closed to make room for others or for request bodies. */
  connectionDropped(): void;
  /** @param bytes by how much the size of all incomplete request bodies changed */
  bodyBytesChanged(bytes: number): void;
}

export function createHttpMetrics(registry: Registry): HttpMetrics {
  const registers = [registry];
  const counts = { inFlight: 0, connections: 0, bodyBytes: 0 };
  // Hot path: a gauge is set when the metrics are read, not twice for each request.
  const gauge = (count: keyof typeof counts, name: string, help: string): void => {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(counts[count]);
      },
    });
  };
  gauge("inFlight", "status_reason_gateway_requests_in_flight", "GraphQL requests being answered.");
  gauge("connections", "status_reason_gateway_connections", "Open connections of clients.");
  gauge(
    "bodyBytes",
    "status_reason_gateway_request_body_bytes",
    "Bytes kept of request bodies that have not arrived whole.",
  );
  const refused = new Counter({
    name: "status_reason_gateway_requests_turned_away_total",
    help: "GraphQL requests answered 503 because too many were in flight, in all or of one connection, or 429 because their caller had as many as it may.",
    labelNames: ["limit"],
    registers,
  });
  // From the start, so that a first increase is seen as one.
  for (const limit of requestLimits) refused.inc({ limit }, 0);
  const dropped = new Counter({
    name: "status_reason_gateway_connections_dropped_total",
    help: "Connections closed to make room, for others or for bodies of requests.",
    registers,
  });
  return {
    requestStarted: () => {
      counts.inFlight += 1;
    },
    requestEnded: () => {
      counts.inFlight -= 1;
    },
    requestRefused: (limit) => {
      refused.inc({ limit });
    },
    connectionOpened: () => {
      counts.connections += 1;
    },
    connectionClosed: () => {
      counts.connections -= 1;
    },
    connectionDropped: () => {
      dropped.inc();
    },
    bodyBytesChanged: (bytes) => {
      counts.bodyBytes += bytes;
    },
  };
}
