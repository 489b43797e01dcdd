import { Service } from "../systems/service.js";

/** @import { Operation } from "../operations.js" */
/** @import { System } from "../systems/systems.js" */

/** @typedef {{ system: string, startsMs: number[] }} ColdStartResult */

/**
 * How long each system takes from the start of its process to its first answer, one system after the other.
 *
 * @param {readonly System[]} systems
 * @param {{ upstream: string, operation: Operation }} setting
 * @param {number} rounds
 * @returns {Promise<ColdStartResult[]>}
 */
export async function measureColdStart(systems, setting, rounds) {
  const results = systems.map((system) => ({ system, startsMs: /** @type {number[]} */ ([]) }));
  for (let round = 1; round <= rounds; round += 1) {
    for (const { system, startsMs } of results) {
      const service = await Service.start(system, setting);
      startsMs.push(service.startedInMs);
      await service.stop();
    }
  }
  return results.map(({ system, startsMs }) => ({ system: system.name, startsMs }));
}
