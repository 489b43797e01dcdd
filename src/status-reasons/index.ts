export { UpstreamConflictError } from "./conflict.js";
export type { Conflict } from "./conflict.js";
export { StatusReasonWriter } from "./writer.js";
export type { WriteTarget } from "./writer.js";
