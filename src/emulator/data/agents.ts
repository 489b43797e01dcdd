import { Problem } from "../problem.js";
import type { EmulatedAgent } from "./agent.js";
import { StatusHistory } from "./status-history.js";
import type { PastSource } from "./status-history.js";

/** The agents of one account. */
export class AgentRoster {
  readonly history: StatusHistory;
  readonly #agents = new Map<string, EmulatedAgent>();

  /**
   * @param make - Creates the next random agent.
   * @param pastOf - What happened to agents before they were made.
   */
  constructor(
    private readonly now: () => number,
    private readonly make: () => EmulatedAgent,
    pastOf: PastSource,
  ) {
    this.history = new StatusHistory(pastOf);
  }

  /** All agents, in the order in which they were added. */
  list(): EmulatedAgent[] {
    return [...this.#agents.values()];
  }

  find(id: string): EmulatedAgent | undefined {
    return this.#agents.get(id);
  }

  /** @throws Problem 404 */
  get(id: string): EmulatedAgent {
    const agent = this.find(id);
    if (agent === undefined) throw new Problem(404, "The agent was not found.");
    return agent;
  }

  /** Adds agents, or replaces those with the same id. */
  add(...agents: EmulatedAgent[]): void {
    for (const agent of agents) {
      this.#agents.set(agent.id, agent);
      this.history.forget(agent.id);
    }
  }

  /** Adds `count` random agents, for load tests. */
  addMany(count: number): EmulatedAgent[] {
    const agents = Array.from({ length: count }, () => this.make());
    this.add(...agents);
    return agents;
  }

  /**
   * Sets an agent's status as of now, with a reason or without one.
   *
   * @throws Problem 404
   */
  setStatus(id: string, status: string, reasonId?: string): EmulatedAgent {
    const at = this.now();
    const agent = this.get(id);
    const wasLoggedIn = agent.status !== "OFFLINE";
    this.history.keepCurrent(agent, at);
    return Object.assign(agent, {
      status,
      statusSince: at,
      effectiveStatus: undefined,
      reasonId,
      reasonSince: reasonId === undefined ? undefined : at,
      ...(status === "OFFLINE" && wasLoggedIn ? { loggedOutAt: at } : {}),
    });
  }
}
