import type { PastSource, StatusChange } from "../data/index.js";
import { pick, seededRandom } from "../../lib/index.js";
import type { Random } from "../../lib/index.js";
import { emulatorReasonIds as reasons } from "./seed.js";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** A session, from `start` to `end`: epoch milliseconds. */
interface Session {
  readonly start: number;
  readonly end: number;
  readonly random: Random;
}

/** How long agents stay in a status, and for which reasons. A reason that is listed more often is more frequent. */
interface Habit {
  readonly minutes: readonly [least: number, most: number];
  readonly reasonIds: readonly (string | undefined)[];
  readonly next: readonly string[];
}

const working: Habit = {
  minutes: [20, 90],
  reasonIds: [undefined, undefined, undefined, reasons.online],
  next: ["AWAY", "AWAY", "BACK_SOON", "OCCUPIED"],
};

const habits: Readonly<Record<string, Habit>> = {
  ONLINE: working,
  AWAY: {
    minutes: [5, 45],
    reasonIds: [
      reasons.lunch,
      reasons.coffeeBreak,
      reasons.coffeeBreak,
      reasons.training,
      reasons.pastDouble,
      reasons.deleted,
      undefined,
    ],
    next: ["ONLINE", "ONLINE", "ONLINE", "AWAY"],
  },
  BACK_SOON: { minutes: [2, 10], reasonIds: [reasons.backSoon, undefined], next: ["ONLINE", "AWAY"] },
  OCCUPIED: { minutes: [5, 20], reasonIds: [reasons.occupied, undefined], next: ["ONLINE"] },
};

/**
 * Creates the past of all agents from a seed: five sessions a week of 7 to 9 hours, at about the same time of day, and
 * one that leads to the agent's status at the start. Each session is computed from the seed, the agent and the day
 * alone, so that nothing is kept.
 */
export function createPast(seed: number): PastSource {
  return (agentId, { from, to }, until) => {
    const last = lastSession(randomFor(seed, agentId, until), until);
    const changes: StatusChange[] = [];
    for (let day = Math.floor(from / dayMs) - 1; day * dayMs < to; day += 1) {
      const session = sessionOf(seed, agentId, day);
      const isAsked = session !== undefined && session.end >= from && session.start < to;
      if (!isAsked || session.end > last.start) continue;
      changes.push(...changesOf(session), { at: session.end, status: "OFFLINE", reasonId: undefined });
    }
    return last.start < to ? [...changes, ...changesOf(last)] : changes;
  };
}

/** The session that leads to the status at `until`. */
function lastSession(random: Random, until: number): Session {
  return { start: until - between(random, 10 * minuteMs, 6 * hourMs), end: until, random };
}

/** The session that begins on a day since the epoch; undefined on a day off. */
function sessionOf(seed: number, agentId: string, day: number): Session | undefined {
  const week = randomFor(seed, agentId, "week");
  const [dayOff, beginsAt] = [Math.floor(week() * 7), Math.floor(week() * dayMs)];
  if ([0, 1].includes((((day - dayOff) % 7) + 7) % 7)) return undefined;
  const random = randomFor(seed, agentId, day);
  const start = day * dayMs + beginsAt + between(random, 0, hourMs);
  return { start, end: start + between(random, 7 * hourMs, 9 * hourMs), random };
}

/** The changes of a session, from the login to the last one before its end. */
function changesOf({ start, end, random }: Session): StatusChange[] {
  const changes: StatusChange[] = [];
  let [at, status] = [start, "ONLINE"];
  while (at < end) {
    const { minutes, reasonIds, next } = habits[status] ?? working;
    changes.push({ at, status, reasonId: pick(random, reasonIds) });
    at += between(random, minutes[0] * minuteMs, minutes[1] * minuteMs);
    status = pick(random, next);
  }
  return changes;
}

function between(random: Random, least: number, most: number): number {
  return least + Math.floor(random() * (most - least));
}

/** A random source of its own for each seed, agent and occasion: FNV-1a over their text. */
function randomFor(seed: number, agentId: string, occasion: string | number): Random {
  const text = `${seed} ${agentId} ${occasion}`;
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return seededRandom(hash);
}
