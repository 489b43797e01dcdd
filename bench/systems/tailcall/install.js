import { isSystemLibcNewEnough, unpackedLoader, unpackLibc } from "./libc.js";
import { tailcallBinary } from "./program.js";

/**
 * Sees to it that Tailcall can run, where it can be had.
 *
 * @returns {string | undefined} why it cannot
 */
export function installTailcall() {
  if (tailcallBinary() === undefined)
    return `its package has no binary for ${process.platform} on ${process.arch}`;
  if (isSystemLibcNewEnough() || unpackedLoader() !== undefined) return undefined;
  try {
    unpackLibc();
    return undefined;
  } catch (error) {
    const [firstLine] = String(error instanceof Error ? error.message : error).split("\n");
    return `the C library that it needs cannot be had: ${firstLine}`;
  }
}
