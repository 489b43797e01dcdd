import { Counter, Gauge } from "prom-client";
import type { Registry } from "prom-client";

/**
 * Why an event was not shared: no connection, too many on their way, an error, a response that came too late, or an event
 * received that is none of ours.
 */
const droppedReasons = ["unreachable", "busy", "failed", "late", "invalid"] as const;

export type DroppedReason = (typeof droppedReasons)[number];

const sharedEvents = ["pause", "change", "query", "calls"] as const;

export type SharedEventKind = (typeof sharedEvents)[number];

/** What copies of the gateway share. */
export interface SharedStateMetrics {
  /** Whether the shared state is in reach. */
  reached(isReached: boolean): void;
  /** Counts that it went out of reach. */
  lost(): void;
  /** Whether it is in reach, but does not store, or responds too late. */
  impaired(isImpaired: boolean): void;
  sent(event: SharedEventKind): void;
  received(event: SharedEventKind): void;
  dropped(reason: DroppedReason): void;
}

export function createSharedStateMetrics(registry: Registry): SharedStateMetrics {
  const registers = [registry];
  const reach = new Gauge({
    name: "status_reason_gateway_shared_state_reached",
    help: "1 while the shared state is in reach; 0 while it is not, or there is none.",
    registers,
  });
  const impairment = new Gauge({
    name: "status_reason_gateway_shared_state_impaired",
    help: "1 while the shared state is in reach, but does not store or responds too late.",
    registers,
  });
  const losses = new Counter({
    name: "status_reason_gateway_shared_state_losses_total",
    help: "How often the shared state went out of reach, or was so at the start.",
    registers,
  });
  const events = new Counter({
    name: "status_reason_gateway_shared_state_events_total",
    help: "Events told to other copies of the gateway, and heard from them; `query` is a persisted query's text, `calls` is how many calls a copy makes to its accounts.",
    labelNames: ["event", "direction"],
    registers,
  });
  const dropped = new Counter({
    name: "status_reason_gateway_shared_state_dropped_total",
    help: "Events that were not shared, by the reason.",
    labelNames: ["reason"],
    registers,
  });
  // From the start, so that a first increase is seen as one.
  for (const event of sharedEvents) {
    for (const direction of ["sent", "received"]) events.inc({ event, direction }, 0);
  }
  for (const reason of droppedReasons) dropped.inc({ reason }, 0);
  return {
    reached: (isReached) => {
      reach.set(Number(isReached));
    },
    lost: () => {
      losses.inc();
    },
    impaired: (isImpaired) => {
      impairment.set(Number(isImpaired));
    },
    sent: (event) => {
      events.inc({ event, direction: "sent" });
    },
    received: (event) => {
      events.inc({ event, direction: "received" });
    },
    dropped: (reason) => {
      dropped.inc({ reason });
    },
  };
}
