/** A group or a skill. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

/** How an agent's record is spelt on the wire, where real traffic varies. */
export interface AgentSpelling {
  /** Ids of the agent, the group and the skills as JSON numbers. The group's always is one. */
  numericIds: boolean;
  /** Real traffic uses the first name, the documentation's table the second. */
  reasonField: "agentCurrentStatusReasonId" | "agentCurrentStatusReason";
  /** No reason: "NA" in the field, or no field. */
  noReason: "NA" | "missing";
}

/** An agent, for tests to change at will. Times are epoch milliseconds. */
export interface EmulatedAgent {
  readonly id: string;
  name: string;
  nickname: string;
  loginName: string;
  pictureUrl: string;
  userType: "HUMAN" | "BOT";
  group: Named;
  skills: readonly Named[];
  /** Any value may be set, also one that the contract does not know. */
  status: string;
  statusSince: number;
  /** What the filter `effectiveAgentStatus` goes by, where that is not `status`; OCCUPIED is no filter. */
  effectiveStatus?: string | undefined;
  /** Decimal digits; need not be the id of a reason that exists. */
  reasonId?: string | undefined;
  reasonSince?: number | undefined;
  /** For agents who are OFFLINE: until when they were logged in; undefined: never. */
  loggedOutAt?: number | undefined;
  activeConversations: number;
  assignedConversations: number;
  maxSlots: number;
  spelling: AgentSpelling;
}
