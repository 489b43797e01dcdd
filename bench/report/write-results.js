import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

const folder = join(import.meta.dirname, "../results");

/**
 * Writes what was measured, with every sample, as JSON.
 *
 * @param {object} results
 * @returns {Promise<string>} where to
 */
export async function writeResults(results) {
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${new Date().toISOString().replaceAll(":", "-")}.json`);
  await writeFile(path, JSON.stringify(results, null, 2));
  return path;
}
