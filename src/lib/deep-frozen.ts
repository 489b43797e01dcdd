/** Far deeper than any record of the upstream; no call stack is in danger. */
const maxDepth = 200;

/**
 * Freezes a JSON value and all that it holds, so that whoever is given it can only read it.
 *
 * @returns whether all of it is frozen: what nests deeper than any honest record is not
 */
export function freezeDeep(value: unknown, depth = 0): boolean {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return true;
  if (depth > maxDepth) return false;
  for (const part of Object.values(value)) if (!freezeDeep(part, depth + 1)) return false;
  Object.freeze(value);
  return true;
}
