export { Account, serviceNames } from "./account.js";
export { AgentRoster } from "./agents.js";
export type { EmulatedAgent } from "./agents.js";
export { Journal } from "./journal.js";
export type { JournalEntry } from "./journal.js";
export { deltaOf, historyOf, readChangesQuery } from "./reason-changes.js";
export type { DeltaQuery, HistoryQuery } from "./reason-changes.js";
export { ReasonCollection, readDraft } from "./reasons.js";
export type { ReasonDraft, ReasonRecord, ReasonWrite } from "./reasons.js";
