import type { EmulatedAgent } from "./agent.js";
import { Problem } from "../problem.js";

/** The agents of one account. */
export class AgentRoster {
  readonly #agents = new Map<string, EmulatedAgent>();

  /** @param make - Makes the next random agent. */
  constructor(
    private readonly now: () => number,
    private readonly make: () => EmulatedAgent,
  ) {}

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
    for (const agent of agents) this.#agents.set(agent.id, agent);
  }

  /** Adds `count` random agents: for load. */
  addMany(count: number): EmulatedAgent[] {
    const agents = Array.from({ length: count }, () => this.make());
    this.add(...agents);
    return agents;
  }

  /**
   * Puts an agent into a status as of now, for a reason or for none.
   *
   * @throws Problem 404
   */
  setStatus(id: string, status: string, reasonId?: string): EmulatedAgent {
    const at = this.now();
    const wasLoggedIn = this.get(id).status !== "OFFLINE";
    return Object.assign(this.get(id), {
      status,
      statusSince: at,
      effectiveStatus: undefined,
      reasonId,
      reasonSince: reasonId === undefined ? undefined : at,
      ...(status === "OFFLINE" && wasLoggedIn ? { loggedOutAt: at } : {}),
    });
  }
}
