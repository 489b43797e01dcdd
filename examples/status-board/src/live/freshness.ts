import type { LiveState } from "../connection/live-connection.js";

/** How far what is shown can be trusted to be what is. */
export type Freshness = "connecting" | "live" | "stale" | "reconnecting" | "offline";

interface Signs {
  readonly isOnline: boolean;
  readonly connection: LiveState;
  /** The last event's `stale`; undefined before the first event. */
  readonly isStale: boolean | undefined;
}

export function freshnessOf({ isOnline, connection, isStale }: Signs): Freshness {
  if (!isOnline) return "offline";
  if (connection === "closed") return "reconnecting";
  if (connection === "connecting" || isStale === undefined) return "connecting";
  return isStale ? "stale" : "live";
}
