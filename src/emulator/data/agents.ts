import { Problem } from "../problem.js";

/** A group or a skill. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

/** The variants of an agent's record on the wire that real traffic shows. */
export interface AgentSpelling {
  /** Sends the ids of the agent and its skills as JSON numbers. The group's id is always a number. */
  numericIds: boolean;
  /** Real traffic uses the first name, the documentation's table the second. */
  reasonField: "agentCurrentStatusReasonId" | "agentCurrentStatusReason";
  /** How "no reason" is sent: "NA" in the field, or no field. */
  noReason: "NA" | "missing";
}

/** An agent. Tests may change its fields. Times are epoch milliseconds. */
export interface EmulatedAgent {
  readonly id: string;
  name: string;
  nickname: string;
  loginName: string;
  pictureUrl: string;
  userType: "HUMAN" | "BOT";
  group: Named;
  skills: readonly Named[];
  /** Any value may be set, including one that the contract does not define. */
  status: string;
  statusSince: number;
  /** The status that the filter `effectiveAgentStatus` matches, if it is not `status`. */
  effectiveStatus?: string | undefined;
  /** Decimal digits; need not be the id of a reason that exists. */
  reasonId?: string | undefined;
  reasonSince?: number | undefined;
  /** When an OFFLINE agent logged out; undefined if it never logged in. */
  loggedOutAt?: number | undefined;
  activeConversations: number;
  assignedConversations: number;
  maxSlots: number;
  spelling: AgentSpelling;
}

/** The agents of one account. */
export class AgentRoster {
  readonly #agents = new Map<string, EmulatedAgent>();

  /** @param make - Creates the next random agent. */
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
