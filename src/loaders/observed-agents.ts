import type {
  AgentDemand,
  AgentRecord,
  AgentStatusRecord,
  AgentTimeRecord,
  AgentView,
} from "../upstream/api/index.js";

/** What an operation needs of agents. */
export interface OperationAgentDemand extends AgentDemand {
  /** Whether it needs to know when the agents were observed, and how long ago their states began. */
  readonly observed?: boolean;
}

/** The times of a status as of when it was observed; part of the records only where an operation selects one. */
export interface ObservedTimes {
  readonly observedAt: Date;
  /** null: the upstream did not say since when; never negative. */
  readonly stateSeconds: number | null;
  readonly reasonSeconds: number | null;
}

/**
 * The agents of a view, with the times that the operation selects. Without any these are the view's own records, which
 * requests share.
 *
 * @param agents some of the view's
 */
export function withTimes(
  agents: readonly AgentRecord[],
  view: Pick<AgentView, "observedAtMs" | "time">,
  demand: OperationAgentDemand,
): readonly AgentRecord[] {
  const observed = demand.observed === true ? observedAgents(agents, view.observedAtMs) : agents;
  if (demand.durations === undefined || demand.durations.size === 0) return observed;
  const window = windowOf(view);
  return observed.map((agent) => ({ ...agent, time: agent.time && { ...window, ...agent.time } }));
}

/** How an agent spent the time of a window. */
export interface AgentTime extends AgentTimeRecord {
  readonly from: Date;
  readonly to: Date;
}

/** The window that a view's durations are of. */
export function windowOf({ time: { from, to } }: Pick<AgentView, "time">): Pick<AgentTime, "from" | "to"> {
  return { from: new Date(from), to: new Date(to) };
}

/** Adds to each agent's status when it was observed, and how long it had lasted then. */
export function observedAgents(agents: readonly AgentRecord[], observedAtMs: number): readonly AgentRecord[] {
  const observedAt = new Date(observedAtMs);
  return agents.map((agent) =>
    agent.status === null ? agent : { ...agent, status: observedStatus(agent.status, observedAt) },
  );
}

function observedStatus(status: AgentStatusRecord, observedAt: Date): AgentStatusRecord & ObservedTimes {
  const { since, reasonSince } = status;
  return {
    ...status,
    observedAt,
    stateSeconds: secondsBetween(since, observedAt),
    reasonSeconds: secondsBetween(reasonSince, observedAt),
  };
}

/** Not negative: the clocks of the upstream and the gateway differ. */
function secondsBetween(since: Date | null, until: Date): number | null {
  return since && Math.max(0, (until.getTime() - since.getTime()) / 1000);
}
