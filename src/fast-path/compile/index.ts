export { compileOperation } from "./compile-operation.js";
export type { RunOperation, OperationPlan } from "./compile-operation.js";
export { FragmentCache } from "./fragment-cache.js";
export { lengthOf, longLength } from "./text.js";
export type { JsonText } from "./text.js";
