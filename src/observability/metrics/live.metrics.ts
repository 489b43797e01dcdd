import { Counter, Gauge } from "prom-client";
import type { Registry } from "prom-client";

const pollOutcomes = ["changed", "unchanged", "failed"] as const;

/** How a poll ended. */
export type PollOutcome = (typeof pollOutcomes)[number];

/** The pollers of subscriptions. */
export interface LiveMetrics {
  pollEnded(outcome: PollOutcome): void;
  /** @param by pollers started, or ended as a negative number */
  pollersChanged(by: number): void;
  /** @param by pollers that became stale, or ceased to be as a negative number */
  staleChanged(by: number): void;
  subscriptionsChanged(by: number): void;
}

export function createLiveMetrics(registry: Registry): LiveMetrics {
  const registers = [registry];
  const polls = new Counter({
    name: "status_reason_gateway_live_polls_total",
    help: "Polls of the upstream for subscriptions, by what they came to.",
    labelNames: ["outcome"],
    registers,
  });
  // From the start, so that a first increase is seen as one.
  for (const outcome of pollOutcomes) polls.inc({ outcome }, 0);
  const gauge = (name: string, help: string): ((by: number) => void) => {
    const figure = new Gauge({ name, help, registers });
    return (by) => {
      figure.inc(by);
    };
  };
  return {
    pollEnded: (outcome) => {
      polls.inc({ outcome });
    },
    pollersChanged: gauge(
      "status_reason_gateway_live_pollers",
      "Questions that the upstream is polled for: one for each token, account and question.",
    ),
    staleChanged: gauge(
      "status_reason_gateway_live_stale_pollers",
      "Pollers that have not heard of the upstream for more than three intervals.",
    ),
    subscriptionsChanged: gauge("status_reason_gateway_live_subscriptions", "Open subscriptions."),
  };
}
