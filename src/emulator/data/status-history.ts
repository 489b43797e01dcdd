import type { EmulatedAgent } from "./agent.js";

/** From `at` on, an agent is in a status, for a reason or without one. */
export interface StatusChange {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly status: string;
  readonly reasonId: string | undefined;
}

/** Epoch milliseconds; `to` is not in it. */
export interface TimeWindow {
  readonly from: number;
  readonly to: number;
}

/**
 * Yields an agent's changes before `until`: the whole sessions, from login to logout, that overlap the window, oldest
 * first. The last session ends at `until` without a logout. Two windows never contradict each other.
 */
export type PastSource = (agentId: string, window: TimeWindow, until: number) => StatusChange[];

/** The most changes that are kept of an agent. Those of the past source stand in for older ones. */
const keptChanges = 1000;

/** What happened to agents: the changes made here, and before them those of a past source, computed when asked for. */
export class StatusHistory {
  readonly #kept = new Map<string, readonly StatusChange[]>();

  constructor(private readonly pastOf: PastSource) {}

  /**
   * Keeps an agent's current status, which is about to end.
   *
   * @param at when it ends; changes after that, which a clock that was set back leaves behind, are dropped
   */
  keepCurrent(agent: EmulatedAgent, at: number): void {
    const kept = this.#untilNow(agent).filter((change) => change.at <= at);
    this.#kept.set(agent.id, kept.slice(-keptChanges));
  }

  /** Forgets the changes made to an agent. */
  forget(agentId: string): void {
    this.#kept.delete(agentId);
  }

  /**
   * An agent's changes before the end of the window, oldest first. Those before the window reach back to the start of
   * the session in which it begins. Before the first one, the agent is OFFLINE.
   */
  changes(agent: EmulatedAgent, { from, to }: TimeWindow): StatusChange[] {
    const kept = this.#untilNow(agent);
    const until = kept[0]?.at ?? to;
    const past = this.pastOf(agent.id, { from: Math.min(from, until), to: Math.min(to, until) }, until);
    return [...past, ...kept].filter(({ at }) => at < to);
  }

  #untilNow(agent: EmulatedAgent): StatusChange[] {
    const current = currentChanges(agent);
    const since = current[0]?.at ?? 0;
    const kept = this.#kept.get(agent.id) ?? [];
    // Tests may set an agent's times by hand, also to before its last change.
    return [...kept.filter(({ at }) => at <= since), ...current];
  }
}

/** The changes that led to an agent's current status: one, or two if the reason was given later. */
function currentChanges(agent: EmulatedAgent): StatusChange[] {
  const { status, statusSince, reasonId, reasonSince = statusSince, loggedOutAt } = agent;
  // Never logged in: OFFLINE since the epoch, so that there is no past.
  if (status === "OFFLINE" && loggedOutAt === undefined) return [{ at: 0, status, reasonId: undefined }];
  if (reasonId === undefined || reasonSince <= statusSince) return [{ at: statusSince, status, reasonId }];
  return [
    { at: statusSince, status, reasonId: undefined },
    { at: reasonSince, status, reasonId },
  ];
}

/** How long an agent is in a status for a reason, or for none. */
export interface StatusSpan {
  readonly status: string;
  readonly reasonId: string | undefined;
  /** Milliseconds, more than 0. */
  readonly duration: number;
}

/** The time of a window by status, one span after the other, without the time in OFFLINE. */
export function loggedInSpans(changes: readonly StatusChange[], { from, to }: TimeWindow): StatusSpan[] {
  return changes
    .map(({ at, status, reasonId }, index) => {
      const end = changes[index + 1]?.at ?? to;
      return { status, reasonId, duration: Math.min(end, to) - Math.max(at, from) };
    })
    .filter(({ status, duration }) => status !== "OFFLINE" && duration > 0);
}
