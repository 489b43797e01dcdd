import { setFlagsFromString } from "node:v8";

/** In bytes of bytecode; V8's own limits are 460 for one function and 920 for all. */
const flags = ["--max-inlined-bytecode-size=920", "--max-inlined-bytecode-size-cumulative=4000"] as const;

/**
 * Lets V8 put more small functions into those that call them: an answer here is the work of many small functions, each
 * called once. Worth 3 µs of 75 for one reason, and nothing that can be told from chance for 100 agents. Only for a
 * process of our own: the flags are the whole process's.
 */
export function inlineMore(): void {
  for (const flag of flags) setFlagsFromString(flag);
}
