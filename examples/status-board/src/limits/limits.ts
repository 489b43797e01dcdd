import type { AgentState } from "../gql/graphql.js";

/** How long an agent may have a reason, in minutes. */
export interface Limits {
  /** For each state, for agents without a reason and for reasons without a limit of their own. */
  readonly byState: Readonly<Partial<Record<AgentState, number>>>;
  /** By the reason's id. */
  readonly byReason: Readonly<Record<string, number>>;
}

export const defaultLimits: Limits = { byState: { AWAY: 60, BACK_SOON: 15 }, byReason: {} };

/** The limit for a state and a reason, in milliseconds; Infinity if there is none. */
export function limitMsOf(limits: Limits, state: AgentState, reasonId: string | undefined): number {
  const own = reasonId === undefined ? undefined : limits.byReason[reasonId];
  const minutes = own ?? limits.byState[state];
  return minutes === undefined ? Infinity : minutes * 60_000;
}

/** Sets the limit of a reason, in minutes, or removes it. */
export function withLimit(limits: Limits, reasonId: string, minutes: number | undefined): Limits {
  const others = Object.entries(limits.byReason).filter(([id]) => id !== reasonId);
  const own = minutes === undefined ? [] : [[reasonId, minutes] as const];
  return { ...limits, byReason: Object.fromEntries([...others, ...own]) };
}
