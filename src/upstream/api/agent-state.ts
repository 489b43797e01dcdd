/** The state of an agent, or the state that a reason is for. UNKNOWN: the upstream sent another value. */
export const AgentState = {
  ONLINE: "ONLINE",
  OCCUPIED: "OCCUPIED",
  AWAY: "AWAY",
  BACK_SOON: "BACK_SOON",
  OFFLINE: "OFFLINE",
  UNKNOWN: "UNKNOWN",
} as const;

export type AgentState = (typeof AgentState)[keyof typeof AgentState];

/** A state that has a spelling on the wire. */
export type KnownAgentState = Exclude<AgentState, "UNKNOWN">;

/**
 * A state that the agent view can be asked for. A record may have OCCUPIED too, but it is not documented as a filter, and
 * a strict upstream responds with 400 to it.
 */
export type ViewState = Extract<AgentState, "ONLINE" | "AWAY" | "BACK_SOON" | "OFFLINE">;

/** The states of agents that are logged in. */
export const loggedInStates = [AgentState.ONLINE, AgentState.BACK_SOON, AgentState.AWAY] as const;

/** All states that the agent view can filter by. */
export const viewStates = [...loggedInStates, AgentState.OFFLINE] as const;

/** The states that a reason can be for. */
export const reasonStates = [
  AgentState.ONLINE,
  AgentState.OCCUPIED,
  AgentState.AWAY,
  AgentState.BACK_SOON,
] as const;

/** The spelling of the Status Reason API; the agent view uses the names of {@link AgentState}. */
const wireStates: Record<KnownAgentState, string> = {
  ONLINE: "Online",
  OCCUPIED: "Occupied",
  AWAY: "Away",
  BACK_SOON: "Back Soon",
  OFFLINE: "Offline",
};

/** Both spellings of each state, folded by {@link fold}. */
const states = new Map(
  (Object.keys(wireStates) as KnownAgentState[]).map((state) => [fold(state), state] as const),
);

/** @returns the state, or UNKNOWN where the upstream's value is not known here */
export function decodeAgentState(wire: string): AgentState {
  return states.get(fold(wire)) ?? AgentState.UNKNOWN;
}

/** @returns the Status Reason API's spelling of a state */
export function encodeAgentState(state: KnownAgentState): string {
  return wireStates[state];
}

/** "Back Soon", "BACK_SOON" and "back soon" are one state: the upstream's services spell it differently. */
function fold(state: string): string {
  return state.toUpperCase().replace(/[\s_-]+/g, "_");
}
