import type { AgentState, BoardAgentFragment } from "../gql/graphql.js";
import { limitMsOf } from "../limits/limits.js";
import type { Limits } from "../limits/limits.js";

/** Something with an id and a text, such as a group or a reason. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

/** An agent as the board shows, filters and sorts it. Instants are on the gateway's clock, in epoch milliseconds. */
export interface BoardAgent {
  readonly id: string;
  readonly name: string;
  readonly nickname: string;
  readonly pictureUrl: string | null;
  readonly group: Named | undefined;
  readonly skills: readonly Named[];
  readonly state: AgentState;
  readonly reason: Named | undefined;
  /** The share of the capacity in use, as a rule from 0 to 1. */
  readonly load: number | null;
  /** Since when the agent has the reason, or else the state. */
  readonly sinceMs: number | undefined;
  readonly stateSinceMs: number | undefined;
  /** When the limit of the reason or the state is reached; Infinity if there is none. */
  readonly dueMs: number;
}

/** Converts an agent of the gateway. */
export function boardAgentOf(agent: BoardAgentFragment, limits: Limits): BoardAgent {
  const { id, nickname, pictureUrl, group, skills, status } = agent;
  const state = status?.state ?? "UNKNOWN";
  const reason = status?.reason ?? undefined;
  const instantOf = (seconds: number | null | undefined) =>
    status === null || seconds == null ? undefined : Date.parse(status.observedAt) - seconds * 1000;
  const stateSinceMs = instantOf(status?.stateSeconds);
  const sinceMs = instantOf(status?.reasonSeconds) ?? stateSinceMs;
  return {
    id,
    name: agent.name ?? nickname ?? id,
    nickname: nickname ?? "",
    pictureUrl,
    group: group === null ? undefined : named(group),
    skills: skills.map(named),
    state,
    reason: reason && { id: reason.id, name: reason.text },
    load: status?.load ?? null,
    sinceMs,
    stateSinceMs,
    dueMs: sinceMs === undefined ? Infinity : sinceMs + limitMsOf(limits, state, reason?.id),
  };
}

function named({ id, name }: { readonly id: string; readonly name: string | null }): Named {
  return { id, name: name ?? id };
}
