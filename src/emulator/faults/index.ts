export { Faults, readFault } from "./faults.js";
export type { Fault } from "./faults.js";
export { injectAfter, injectBefore } from "./injection.js";
