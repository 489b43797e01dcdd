import { agentDurations, agentMetrics } from "./agent-view.query.js";
import type { AgentDemand, AgentMetric } from "./agent-view.query.js";

/** Whether what was asked for by `asked` has everything that `demand` names. */
export function coversDemand(asked: AgentDemand, demand: AgentDemand): boolean {
  if (asked === demand) return true;
  return (
    (asked.metadata || !demand.metadata) &&
    [...demand.metrics].every((metric) => asked.metrics.has(metric)) &&
    [...(demand.durations ?? [])].every((duration) => asked.durations?.has(duration) === true)
  );
}

/** What covers all of `demands`, and no more. */
export function unionOfDemands(demands: readonly AgentDemand[]): AgentDemand {
  const durations = agentDurations.filter((name) => demands.some((demand) => demand.durations?.has(name)));
  return {
    metrics: new Set(agentMetrics.filter((name) => demands.some(({ metrics }) => metrics.has(name)))),
    metadata: demands.some(({ metadata }) => metadata),
    ...(durations.length > 0 && { durations: new Set(durations) }),
  };
}

/** Adds metrics to a demand; the same object where it has them already. */
export function withMetrics<Demand extends AgentDemand>(
  demand: Demand,
  metrics: readonly AgentMetric[],
): Demand {
  if (metrics.every((metric) => demand.metrics.has(metric))) return demand;
  return { ...demand, metrics: new Set([...demand.metrics, ...metrics]) };
}
