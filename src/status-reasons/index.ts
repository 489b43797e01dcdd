export { UpstreamConflictError } from "./conflict.js";
export type { Conflict } from "./conflict.js";
export { createStatusReason, createStatusReasons, deleteStatusReason, updateStatusReason } from "./write.js";
