/** The types that have an identity, and the fields that it consists of: ids are unique only within an account. */
export const entityKeys = {
  Agent: ["accountId", "id"],
  AgentGroup: ["accountId", "id"],
  Skill: ["accountId", "id"],
  StatusReason: ["accountId", "id"],
} as const;

/** The types that are part of the object they come with, and have no identity of their own. */
export const embeddedTypes = [
  "AgentPage",
  "AgentStatus",
  "AgentTime",
  "AgentsChange",
  "ApplyStatusReasonsPayload",
  "AttributeChange",
  "GroupCount",
  "LiveSummary",
  "PageInfo",
  "PlannedStatusReason",
  "ReasonCount",
  "ReasonTime",
  "ReasonUsage",
  "ReasonUsageReport",
  "SkillCount",
  "StateCount",
  "StateTime",
  "StatusChange",
  "StatusChangeConnection",
  "StatusReasonCollection",
  "StatusReasonPayload",
  "StatusReasonWriteResult",
  "StatusReasonWritesPayload",
  "StatusReasonsChange",
  "StatusReasonsPayload",
  "WriteConflict",
  "WriteError",
] as const;
