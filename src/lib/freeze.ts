/** Deeper than any record of the upstream, and no danger to the call stack. */
const maxDepth = 200;

/**
 * Freezes a JSON value and everything in it.
 *
 * @returns false where it nests too deep to be frozen whole
 */
export function freezeDeep(value: unknown, depth = 0): boolean {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return true;
  if (depth > maxDepth) return false;
  for (const part of Object.values(value)) if (!freezeDeep(part, depth + 1)) return false;
  Object.freeze(value);
  return true;
}
