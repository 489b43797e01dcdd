import type { AgentState } from "./gql/graphql.js";

/** The label of each state. */
export const stateLabels: Readonly<Record<AgentState, string>> = {
  ONLINE: "Online",
  OCCUPIED: "Occupied",
  AWAY: "Away",
  BACK_SOON: "Back soon",
  OFFLINE: "Offline",
  UNKNOWN: "Unknown",
};

/** All states, those that a supervisor has to look at first. */
export const stateOrder: readonly AgentState[] = [
  "AWAY",
  "BACK_SOON",
  "OCCUPIED",
  "ONLINE",
  "OFFLINE",
  "UNKNOWN",
];

/** The states that a reason can be for, the most usual one first. */
export const reasonStates = [
  "AWAY",
  "BACK_SOON",
  "ONLINE",
  "OCCUPIED",
] as const satisfies readonly AgentState[];

/** {@link reasonStates} as the options of a select. */
export const reasonStateOptions = reasonStates.map((state) => [state, stateLabels[state]] as const);
