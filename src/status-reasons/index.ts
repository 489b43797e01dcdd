export { BatchInputError, maxBatchItems } from "./batch-input.js";
export type { BatchFault, BatchUpdate } from "./batch-input.js";
export { UpstreamConflictError } from "./conflict.js";
export type { Conflict } from "./conflict.js";
export { PlannedAction } from "./desired-state.js";
export type {
  AppliedItem,
  AppliedState,
  ApplyOptions,
  AttributeChange,
  DesiredReason,
  DesiredState,
  PlannedItem,
} from "./desired-state.js";
export { ItemOutcome } from "./outcome.js";
export type { BatchResult, ItemResult } from "./outcome.js";
export { hasTemporaryText, isTooLong, maxUntrimmedLength, reasonTextRules } from "./text.js";
export { batchKinds } from "./write-observer.js";
export type { BatchKind, EndedWrite, WriteObserver } from "./write-observer.js";
export { StatusReasonWriter } from "./writer.js";
export type { WriteTarget } from "./writer.js";
