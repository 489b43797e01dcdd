export { readStatusChangesQuery } from "./query.js";
export type { StatusChangesQuery } from "./query.js";
export { findStatusChanges } from "./search.js";
export { statusChangeWire } from "./record.js";
