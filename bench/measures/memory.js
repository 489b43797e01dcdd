/** @import { Service } from "../systems/service.js" */

/**
 * What one system holds, in bytes.
 *
 * @typedef {object} MemoryResult
 * @property {string} system
 * @property {number} restBytes Resident after its first answers, before any load.
 * @property {number} peakBytes The most that was resident, from its start on.
 * @property {number} endBytes Resident after the load and a garbage collection.
 * @property {number} heapBytes In use in V8's heap then; NaN where there is none.
 */

/**
 * What each system has resident, as it is: nothing is collected before.
 *
 * @param {readonly Service[]} services
 * @returns {Promise<number[]>}
 */
export async function measureRest(services) {
  const restBytes = [];
  for (const { process } of services) restBytes.push((await process.memoryAsItIs()).rss);
  return restBytes;
}

/**
 * What each system holds after load.
 *
 * @param {readonly Service[]} services
 * @param {readonly number[]} restBytes
 * @returns {Promise<MemoryResult[]>}
 */
export async function measureMemory(services, restBytes) {
  const results = [];
  for (const [index, { system, process }] of services.entries()) {
    const { peak } = await process.memoryAsItIs();
    const { rss, heapUsed } = await process.memory();
    results.push({
      system: system.name,
      restBytes: restBytes[index],
      peakBytes: peak,
      endBytes: rss,
      heapBytes: heapUsed,
    });
  }
  return results;
}
