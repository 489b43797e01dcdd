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
