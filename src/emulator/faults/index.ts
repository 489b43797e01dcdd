export { Faults } from "./faults.js";
export type { Fault } from "./faults.js";
export { injectAfter, injectBefore } from "./injection.js";
export { readFault } from "./reader.js";
