import { load } from "../load/load.js";

/** @import { Operation } from "../operations.js" */
/** @import { Service } from "../systems/service.js" */

/**
 * What rounds of load came to, for one system and one operation; a number of each round.
 *
 * @typedef {object} LoadResult
 * @property {string} system
 * @property {string} operation
 * @property {number[]} cpuMs CPU time of the system's process, per request.
 * @property {number[]} perSecond Requests.
 */

/**
 * How much load.
 *
 * @typedef {object} LoadOptions
 * @property {number} rounds
 * @property {number} requests A round, of an operation of weight 1.
 * @property {number} concurrency
 */

/** Rounds in which compilers and pools get ready. */
const warmUpRounds = 2;

/**
 * CPU time per request and requests per second. In each round all systems take turns, so that whatever else the
 * machine does meets all of them alike.
 *
 * @param {readonly Service[]} services
 * @param {readonly Operation[]} operations
 * @param {LoadOptions} options
 * @returns {Promise<LoadResult[]>}
 */
export async function measureCpu(services, operations, options) {
  const pairs = operations.flatMap((operation) =>
    services.map((service) => ({ service, operation, result: emptyResult(service, operation) })),
  );
  for (let round = 1; round <= options.rounds; round += 1) {
    for (const { service, operation, result } of pairs) {
      const { cpuMs, perSecond } = await sample(service, operation, options);
      result.cpuMs.push(cpuMs);
      result.perSecond.push(perSecond);
    }
  }
  return pairs.map(({ result }) => result);
}

/**
 * Load that nobody measures.
 *
 * @param {readonly Service[]} services
 * @param {readonly Operation[]} operations
 * @param {LoadOptions} options
 */
export async function warmUp(services, operations, options) {
  await measureCpu(services, operations, { ...options, rounds: warmUpRounds });
}

/**
 * @param {Service} service
 * @param {Operation} operation
 * @returns {LoadResult}
 */
function emptyResult({ system }, { title }) {
  return { system: system.name, operation: title, cpuMs: [], perSecond: [] };
}

/**
 * @param {Service} service
 * @param {Operation} operation
 * @param {LoadOptions} options
 */
async function sample(service, operation, { requests: ofWeightOne, concurrency }) {
  const requests = Math.max(concurrency, Math.round(ofWeightOne / operation.weight));
  const request = await service.check(operation);
  const cpuBeforeMs = await service.process.cpuMs();
  const { tookMs } = await load(service.connections, request, { requests, concurrency });
  const cpuMs = (await service.process.cpuMs()) - cpuBeforeMs;
  return { cpuMs: cpuMs / requests, perSecond: (1000 * requests) / tookMs };
}
