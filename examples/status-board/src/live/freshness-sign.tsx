import type { Freshness } from "./freshness.js";

const labels: Readonly<Record<Freshness, string>> = {
  connecting: "Connecting…",
  live: "Live",
  stale: "LivePerson does not respond. Last known data.",
  reconnecting: "Connection lost. Reconnecting…",
  offline: "Offline. Last known data.",
};

/** Says whether the board is up to date; screen readers hear each change. */
export function FreshnessSign({ freshness }: { readonly freshness: Freshness }) {
  return (
    <p className="freshness" role="status" data-freshness={freshness}>
      {labels[freshness]}
    </p>
  );
}
