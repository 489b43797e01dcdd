import type { AgentStatusDurationWire, AgentViewRecordWire } from "../../wire/index.js";

import { loggedInSpans } from "../data/index.js";
import type { AgentRoster, EmulatedAgent } from "../data/index.js";
import { numeric } from "../http.js";
import type { AgentViewQuery, TimeMetric } from "./query.js";

type RecordPart = Partial<AgentViewRecordWire>;

/** An agent's time within a window, in milliseconds, by status and in each of them by reason. */
type Durations = ReadonlyMap<string, ReadonlyMap<string | undefined, number>>;

const sum = (durations: Iterable<number>): number => [...durations].reduce((total, each) => total + each, 0);

/** What each metric by time adds to an agent's record. */
const metricParts: Readonly<
  Record<TimeMetric, (durations: Durations, spelling: EmulatedAgent["spelling"]) => RecordPart>
> = {
  agent_status_duration: (durations) => ({
    agentStatusDurationList: [...durations].map(([status, byReason]) =>
      durationOf(status, sum(byReason.values())),
    ),
  }),
  agent_status_with_reason_duration: (durations, spelling) => ({
    agentStatusWithReasonDurationList: [...durations].flatMap(([status, byReason]) =>
      [...byReason].map(([reasonId, duration]) => ({
        ...durationOf(status, duration),
        ...reasonPart(reasonId, spelling),
      })),
    ),
  }),
  agent_login_duration: (durations) => ({
    loginDuration: sum([...durations.values()].flatMap((byReason) => [...byReason.values()])),
  }),
  agent_online_duration: (durations) => ({ onlineDuration: sum(durations.get("ONLINE")?.values() ?? []) }),
};

/** The requested metrics by time. There are none of bots. */
export function durationParts(
  agent: EmulatedAgent,
  { timeMetrics, measured }: AgentViewQuery,
  history: AgentRoster["history"],
): RecordPart {
  if (timeMetrics.size === 0 || agent.userType === "BOT") return {};
  const durations = new Map<string, Map<string | undefined, number>>();
  for (const { status, reasonId, duration } of loggedInSpans(history.changes(agent, measured), measured)) {
    const byReason = durations.get(status) ?? new Map<string | undefined, number>();
    durations.set(status, byReason.set(reasonId, (byReason.get(reasonId) ?? 0) + duration));
  }
  const parts = [...timeMetrics].map((metric) => metricParts[metric](durations, agent.spelling));
  return Object.assign({}, ...parts) as RecordPart;
}

function durationOf(agentStatus: string, agentStatusDuration: number): AgentStatusDurationWire {
  return { agentStatus, agentStatusDuration };
}

function reasonPart(reasonId: string | undefined, spelling: EmulatedAgent["spelling"]) {
  if (reasonId !== undefined)
    return { agentStatusReasonId: spelling.numericIds ? numeric(reasonId) : reasonId };
  return spelling.noReason === "NA" ? { agentStatusReasonId: "NA" } : {};
}
