import { Counter, Gauge } from "prom-client";
import type { Registry } from "prom-client";

/** GraphQL over HTTP, before GraphQL. */
export interface HttpMetrics {
  /** A GraphQL request came in; one `requestEnded` follows. */
  requestBegan(): void;
  requestEnded(): void;
  /** A request was turned away because too many were in flight. */
  requestTurnedAway(): void;
}

export function createHttpMetrics(registry: Registry): HttpMetrics {
  const registers = [registry];
  let inFlight = 0;
  new Gauge({
    name: "gateway_requests_in_flight",
    help: "GraphQL requests being answered.",
    registers,
    // Asked when somebody looks: to be told twice for each request cost more than to count.
    collect() {
      this.set(inFlight);
    },
  });
  const turnedAway = new Counter({
    name: "gateway_requests_turned_away_total",
    help: "GraphQL requests answered 503 because too many were in flight.",
    registers,
  });
  return {
    requestBegan: () => {
      inFlight += 1;
    },
    requestEnded: () => {
      inFlight -= 1;
    },
    requestTurnedAway: () => {
      turnedAway.inc();
    },
  };
}
