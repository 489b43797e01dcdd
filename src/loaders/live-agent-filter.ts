import { AgentState, loggedInStates, viewStates } from "../upstream/api/index.js";
import type { AgentMetric, AgentRecord, KnownAgentState, ViewState } from "../upstream/api/index.js";

/** Which agents of the live view; what is left out or null does not filter. */
export interface LiveAgentFilter {
  readonly states?: readonly KnownAgentState[] | null | undefined;
  readonly reasonIds?: readonly string[] | null | undefined;
  readonly groupIds?: readonly string[] | null | undefined;
  readonly skillIds?: readonly string[] | null | undefined;
  readonly minSecondsInState?: number | null | undefined;
  readonly minSecondsInReason?: number | null | undefined;
}

/** Whether an agent passes a filter, as of when the agent was observed. */
export type PassesFilter = (agent: AgentRecord, observedAtMs: number) => boolean;

/** The states to ask the upstream for. It cannot filter by OCCUPIED: such agents are among those logged in. */
export function statesToAsk(states: LiveAgentFilter["states"]): readonly ViewState[] {
  if (!states) return loggedInStates;
  const askable = new Set(states.filter((state) => state !== AgentState.OCCUPIED));
  if (!states.includes(AgentState.OCCUPIED)) return [...askable];
  return askable.has(AgentState.OFFLINE) ? viewStates : loggedInStates;
}

/** A part of a filter that the upstream cannot apply. */
interface PartHere {
  /** What it reads of an agent. */
  readonly metrics: readonly AgentMetric[];
  readonly passes: PassesFilter;
}

/** Reasons, thresholds of time, and states with OCCUPIED among them. */
function partsHere({
  states,
  reasonIds,
  minSecondsInState,
  minSecondsInReason,
}: LiveAgentFilter): PartHere[] {
  const parts: PartHere[] = [];
  if (hasOccupied(states)) {
    const wanted = new Set<AgentState>(states);
    parts.push({ metrics: ["state"], passes: ({ status }) => status !== null && wanted.has(status.state) });
  }
  if (reasonIds) {
    const wanted = new Set(reasonIds);
    parts.push({
      metrics: ["reason"],
      passes: ({ status }) => status?.reasonId != null && wanted.has(status.reasonId),
    });
  }
  if (minSecondsInState != null) {
    parts.push({
      metrics: ["since"],
      passes: ({ status }, observedAtMs) => isAtLeast(msInState(status, observedAtMs), minSecondsInState),
    });
  }
  if (minSecondsInReason != null) {
    parts.push({
      metrics: ["reason", "reasonSince"],
      passes: ({ status }, observedAtMs) => isAtLeast(msInReason(status, observedAtMs), minSecondsInReason),
    });
  }
  return parts;
}

/** The metrics that {@link passingHere} reads of an agent. */
export function metricsToFilterBy(filter: LiveAgentFilter): readonly AgentMetric[] {
  return partsHere(filter).flatMap(({ metrics }) => metrics);
}

/** The part of a filter that the upstream cannot apply; undefined where it applies the whole filter. */
export function passingHere(filter: LiveAgentFilter): PassesFilter | undefined {
  const parts = partsHere(filter);
  if (parts.length === 0) return undefined;
  return (agent, observedAtMs) => parts.every(({ passes }) => passes(agent, observedAtMs));
}

/** Whether time alone can make an agent pass a filter, without any change of the agent. */
export function dependsOnTime({ minSecondsInState, minSecondsInReason }: LiveAgentFilter): boolean {
  return minSecondsInState != null || minSecondsInReason != null;
}

function hasOccupied(states: LiveAgentFilter["states"]): states is readonly KnownAgentState[] {
  return states?.includes(AgentState.OCCUPIED) === true;
}

type Status = AgentRecord["status"];

/** How long an agent has been in its state, in milliseconds; null if that is unknown. */
export function msInState(status: Status, observedAtMs: number): number | null {
  return msSince(status?.since, observedAtMs);
}

/** How long an agent has had its reason, in milliseconds; null if it has none, or that is unknown. */
export function msInReason(status: Status, observedAtMs: number): number | null {
  return status?.reasonId == null ? null : msSince(status.reasonSince, observedAtMs);
}

/** Not negative: the upstream's clock may be ahead. */
function msSince(since: Date | null | undefined, observedAtMs: number): number | null {
  return since == null ? null : Math.max(0, observedAtMs - since.getTime());
}

function isAtLeast(ms: number | null, seconds: number): boolean {
  return ms !== null && ms >= seconds * 1000;
}
