export { compileOperation } from "./compile-operation.js";
export type { CompiledOperation, CompiledQuery } from "./compile-operation.js";
export { TextMemory } from "./text-memory.js";
export { lengthOf, longLength } from "./text.js";
export type { Written } from "./text.js";
