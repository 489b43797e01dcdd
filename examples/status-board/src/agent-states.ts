import type { AgentState } from "./gql/graphql.js";

/** What people read for a state. */
export const stateLabels: Readonly<Record<AgentState, string>> = {
  ONLINE: "Online",
  OCCUPIED: "Occupied",
  AWAY: "Away",
  BACK_SOON: "Back soon",
  OFFLINE: "Offline",
  UNKNOWN: "Unknown",
};

/** The states a reason can be for, the usual one first. */
export const reasonStates = [
  "AWAY",
  "BACK_SOON",
  "ONLINE",
  "OCCUPIED",
] as const satisfies readonly AgentState[];

/** The same as a select's options. */
export const reasonStateOptions = reasonStates.map((state) => [state, stateLabels[state]] as const);
