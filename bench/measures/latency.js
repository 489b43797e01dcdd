import { Connections } from "../load/connections.js";
import { load } from "../load/load.js";

/** @import { Operation } from "../operations.js" */
/** @import { Service } from "../systems/service.js" */
/** @import { Upstream } from "../upstream/upstream.js" */

/**
 * How long each request took, of one operation; `system` is "upstream" where the upstream was called directly.
 *
 * @typedef {{ system: string, operation: string, latenciesMs: number[] }} LatencyResult
 */

/** What the upstream waits before each answer. */
export const upstreamLatencyMs = 5;

/** By what the requests of a round of load are more than those of a round here. */
const requestsShare = 80;
const fewestRequests = 5;

/**
 * Latency at low load: one request after the other. What the upstream itself takes is measured in turn with the
 * systems, by the calls that each operation cannot do without, one after the other.
 *
 * @param {readonly Service[]} services
 * @param {readonly Operation[]} operations
 * @param {Upstream} upstream
 * @param {{ rounds: number, requests: number }} options
 * @returns {Promise<LatencyResult[]>}
 */
export async function measureLatency(services, operations, upstream, { rounds, requests: ofLoad }) {
  const requests = Math.max(fewestRequests, Math.round(ofLoad / requestsShare));
  const direct = new Connections(upstream.origin, 1);
  const turns = operations.flatMap((operation) => [
    { result: emptyResult("upstream", operation), take: () => takeDirectly(direct, operation, requests) },
    ...services.map((service) => ({
      result: emptyResult(service.system.name, operation),
      take: () => takeThrough(service, operation, requests),
    })),
  ]);
  await upstream.setLatency(upstreamLatencyMs);
  for (let round = 1; round <= rounds; round += 1) {
    for (const { result, take } of turns) result.latenciesMs.push(...(await take()));
  }
  await upstream.setLatency(0);
  await direct.close();
  return turns.map(({ result }) => result);
}

/**
 * @param {string} system
 * @param {Operation} operation
 * @returns {LatencyResult}
 */
function emptyResult(system, { title }) {
  return { system, operation: title, latenciesMs: [] };
}

/**
 * @param {Service} service
 * @param {Operation} operation
 * @param {number} requests
 */
async function takeThrough(service, operation, requests) {
  const { latenciesMs } = await load(service.connections, await service.check(operation), {
    requests,
    concurrency: 1,
  });
  return latenciesMs;
}

/**
 * @param {Connections} connections
 * @param {Operation} operation
 * @param {number} requests
 */
async function takeDirectly(connections, { calls }, requests) {
  /** @type {number[]} */
  const latenciesMs = [];
  for (let request = 0; request < requests; request += 1) {
    const sentMs = performance.now();
    for (const call of calls) await connections.send(call);
    latenciesMs.push(performance.now() - sentMs);
  }
  return latenciesMs;
}
