/** @import { Service } from "../systems/service.js" */

/**
 * @typedef {object} MemoryResult
 * @property {string} system
 * @property {number} residentBytes
 * @property {number} heapBytes
 */

/**
 * What each system holds after a garbage collection.
 *
 * @param {readonly Service[]} services
 * @returns {Promise<MemoryResult[]>}
 */
export async function measureMemory(services) {
  const results = [];
  for (const { system, process } of services) {
    const { rss, heapUsed } = await process.memory();
    results.push({ system: system.name, residentBytes: rss, heapBytes: heapUsed });
  }
  return results;
}
