import { Counter, Gauge } from "prom-client";
import type { Registry } from "prom-client";

/** What the pollers of subscriptions do. */
export interface LiveMetrics {
  pollEnded(outcome: "changed" | "unchanged" | "failed"): void;
  /** Pollers that started, or minus those that ended. */
  pollersChanged(by: number): void;
  /** Pollers that became stale, or minus those that no longer are. */
  staleChanged(by: number): void;
  subscriptionsChanged(by: number): void;
}

export function createLiveMetrics(registry: Registry): LiveMetrics {
  const registers = [registry];
  const polls = new Counter({
    name: "gateway_live_polls_total",
    help: "Polls of the upstream for subscriptions, by what they came to.",
    labelNames: ["outcome"],
    registers,
  });
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
      "gateway_live_pollers",
      "Questions that the upstream is polled for: one for each token, account and question.",
    ),
    staleChanged: gauge(
      "gateway_live_stale_pollers",
      "Pollers that have not heard of the upstream for more than three intervals.",
    ),
    subscriptionsChanged: gauge("gateway_live_subscriptions", "Open subscriptions."),
  };
}
