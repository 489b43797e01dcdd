import { decodeAgentState } from "./agent-state.js";
import type { AgentState } from "./agent-state.js";
import { numberOf, reasonIdOf, textOf } from "./record-fields.js";
import { isJsonObject } from "../../lib/index.js";
import type { JsonObject } from "./record-fields.js";

/** How an agent spent the time of a window, as far as it was asked for. Frozen. */
export interface AgentTimeRecord {
  readonly loggedInSeconds: number | null;
  readonly onlineSeconds: number | null;
  /** Most time first; without OFFLINE. */
  readonly states: readonly StateTimeRecord[];
  /** Most time first. */
  readonly reasons: readonly ReasonTimeRecord[];
}

export interface StateTimeRecord {
  readonly state: AgentState;
  readonly seconds: number;
}

export interface ReasonTimeRecord extends StateTimeRecord {
  readonly accountId: string;
  /** null: time in the state without a reason. */
  readonly reasonId: string | null;
}

/** Decodes the durations of one record of the view; an entry that cannot be read is left out. */
export function decodeTime(accountId: string, wire: JsonObject): AgentTimeRecord {
  return Object.freeze({
    loggedInSeconds: secondsOf(wire["loginDuration"]),
    onlineSeconds: secondsOf(wire["onlineDuration"]),
    states: summed(wire["agentStatusDurationList"], (state) => ({ state })),
    reasons: summed(wire["agentStatusWithReasonDurationList"], (state, entry) => ({
      state,
      accountId,
      reasonId: reasonIdOf(entry["agentStatusReasonId"]),
    })),
  });
}

/** Sums the entries of the same state and reason: unknown states are one state here. */
function summed<Key extends { readonly state: AgentState; readonly reasonId?: string | null }>(
  list: unknown,
  keyOf: (state: AgentState, entry: JsonObject) => Key,
): readonly (Key & { readonly seconds: number })[] {
  if (!Array.isArray(list)) return none;
  const times = new Map<string, { readonly key: Key; ms: number }>();
  for (const entry of list as readonly unknown[]) {
    if (!isJsonObject(entry)) continue;
    const state = textOf(entry["agentStatus"]);
    const ms = durationOf(entry["agentStatusDuration"]);
    if (state === null || ms === null) continue;
    const key = keyOf(decodeAgentState(state), entry);
    const id = `${key.state} ${key.reasonId ?? ""}`;
    const known = times.get(id);
    if (known === undefined) times.set(id, { key, ms });
    else known.ms += ms;
  }
  const sorted = [...times].sort(([a, one], [b, other]) => other.ms - one.ms || (a < b ? -1 : 1));
  return Object.freeze(sorted.map(([, { key, ms }]) => Object.freeze({ ...key, seconds: ms / 1000 })));
}

const none: readonly never[] = Object.freeze([]);

function secondsOf(wire: unknown): number | null {
  const ms = durationOf(wire);
  return ms && ms / 1000;
}

/** Milliseconds; null for anything else. */
function durationOf(wire: unknown): number | null {
  const ms = numberOf(wire);
  return ms !== null && ms >= 0 ? ms : null;
}
