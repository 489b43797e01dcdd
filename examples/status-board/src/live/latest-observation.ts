import type { BoardAgentFragment } from "../gql/graphql.js";

/** The latest time, in epoch milliseconds, at which the gateway observed one of the agents; 0 if there is none. */
export function latestObservation(agents: readonly BoardAgentFragment[]): number {
  return agents.reduce(
    (latest, { status }) => Math.max(latest, Date.parse(status?.observedAt ?? "") || 0),
    0,
  );
}
