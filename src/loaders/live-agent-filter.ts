import { AgentState, loggedInStates, viewStates } from "../upstream/api/index.js";
import type { AgentRecord, KnownAgentState, ViewState } from "../upstream/api/index.js";

/** Which agents of the live view; what is left out or null does not filter. */
export interface LiveAgentFilter {
  readonly states?: readonly KnownAgentState[] | null | undefined;
  readonly reasonIds?: readonly string[] | null | undefined;
  readonly groupIds?: readonly string[] | null | undefined;
  readonly skillIds?: readonly string[] | null | undefined;
}

/** The states to ask the upstream for. It cannot filter by OCCUPIED: such agents are among those logged in. */
export function statesToAsk(states: LiveAgentFilter["states"]): readonly ViewState[] {
  if (!states) return loggedInStates;
  const askable = new Set(states.filter((state) => state !== AgentState.OCCUPIED));
  if (!states.includes(AgentState.OCCUPIED)) return [...askable];
  return askable.has(AgentState.OFFLINE) ? viewStates : loggedInStates;
}

/** The metrics that {@link passingHere} reads of an agent. */
export function metricsToFilterBy({ reasonIds, states }: LiveAgentFilter): readonly ("reason" | "state")[] {
  return [...(reasonIds ? (["reason"] as const) : []), ...(hasOccupied(states) ? (["state"] as const) : [])];
}

/**
 * The part of a filter that the upstream cannot apply: reasons, and states with OCCUPIED among them.
 *
 * @returns whether an agent passes; undefined where the upstream applies the whole filter
 */
export function passingHere({
  reasonIds,
  states,
}: LiveAgentFilter): ((agent: AgentRecord) => boolean) | undefined {
  const reasons = reasonIds && new Set(reasonIds);
  const wanted = hasOccupied(states) ? new Set<AgentState>(states) : undefined;
  if (!reasons && !wanted) return undefined;
  return ({ status }) =>
    status !== null &&
    (!wanted || wanted.has(status.state)) &&
    (!reasons || (status.reasonId !== null && reasons.has(status.reasonId)));
}

function hasOccupied(states: LiveAgentFilter["states"]): states is readonly KnownAgentState[] {
  return states?.includes(AgentState.OCCUPIED) === true;
}
