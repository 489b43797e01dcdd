import { pick, seededRandom } from "../lib/index.js";
import type { Random } from "../lib/index.js";
import type { Account, EmulatedAgent } from "./data/index.js";
import { emulatorAgentIds } from "./seed/index.js";

/** The time between two rounds of moves, in milliseconds. */
const pauseMs = { min: 1000, max: 2000 };

/** How many agents move in one round. */
const movesPerRound = { min: 1, max: 4 };

/**
 * What an agent's next status is, by the current one. An entry's share is how often it is listed. AWAY after AWAY
 * is for another reason; who stays in another status has other conversations.
 */
const nextStatuses: Readonly<Record<string, readonly string[]>> = {
  ONLINE: ["ONLINE", "ONLINE", "ONLINE", "OCCUPIED", "AWAY", "AWAY", "BACK_SOON", "OFFLINE"],
  OCCUPIED: ["OCCUPIED", "ONLINE", "ONLINE", "AWAY"],
  AWAY: ["ONLINE", "ONLINE", "ONLINE", "AWAY", "OFFLINE"],
  BACK_SOON: ["ONLINE", "ONLINE", "AWAY"],
  OFFLINE: ["ONLINE"],
};

/** The statuses in which an agent gets new conversations. */
const atWork: ReadonlySet<string> = new Set(["ONLINE", "OCCUPIED"]);

/** Agents who stand for a case are what they are documented to be. */
const unmoved: ReadonlySet<string> = new Set(Object.values(emulatorAgentIds).flat());

/**
 * Makes agents of an account change as people do: they take a break, come back, log out and in, and get and finish
 * conversations. The same seed and the same data give the same moves.
 */
export class LivelyAgents {
  #random: Random;
  #timer: NodeJS.Timeout | undefined;

  /** @param account called in each round: a reset replaces the account */
  constructor(
    private readonly account: () => Account,
    private readonly seed: number,
  ) {
    this.#random = seededRandom(seed);
  }

  /** Moves agents every 1 to 2 seconds, without keeping the process running. */
  start(): void {
    const pause = this.#between(pauseMs);
    this.#timer = setTimeout(() => {
      this.move();
      this.start();
    }, pause).unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  /** Back to the first of the moves. */
  reset(): void {
    this.#random = seededRandom(this.seed);
  }

  /** One round of moves. */
  move(): void {
    const account = this.account();
    const agents = account.agents
      .list()
      .filter(({ id, status }) => !unmoved.has(id) && Object.hasOwn(nextStatuses, status));
    if (agents.length === 0) return;
    const count = this.#between(movesPerRound);
    for (let moved = 0; moved < count; moved += 1) this.#moveAgent(account, pick(this.#random, agents));
  }

  #moveAgent(account: Account, agent: EmulatedAgent): void {
    const { id, status } = agent;
    const next = pick(this.#random, nextStatuses[status] ?? [status]);
    const goes = next !== status || next === "AWAY";
    if (goes) account.agents.setStatus(id, next, this.#reasonFor(next, account));
    this.#changeConversations(agent);
  }

  /** One of the account's reasons for a status, or none. */
  #reasonFor(status: string, { reasons }: Account): string | undefined {
    const fitting = reasons.list().filter(({ enabled, state }) => enabled && statusOf(state) === status);
    return pick(this.#random, [...fitting, undefined])?.id.toString();
  }

  #changeConversations(agent: EmulatedAgent): void {
    const { status, activeConversations, maxSlots } = agent;
    const change = atWork.has(status) ? pick(this.#random, [-1, 1, 1]) : -1;
    const active = Math.min(maxSlots, Math.max(0, activeConversations + change));
    agent.activeConversations = status === "OFFLINE" ? 0 : active;
    agent.assignedConversations = agent.activeConversations;
  }

  #between({ min, max }: { readonly min: number; readonly max: number }): number {
    return min + Math.floor(this.#random() * (max - min + 1));
  }
}

/** A reason's state as the agent view spells it. */
function statusOf(state: string): string {
  return state.toUpperCase().replace(" ", "_");
}
