import { reasonsOf } from "../accounts.js";
import { Connections } from "../load/connections.js";
import { readReasons } from "../operations.js";

/** @import { Operation } from "../operations.js" */
/** @import { Service } from "../systems/service.js" */
/** @import { Upstream } from "../upstream/upstream.js" */

/**
 * @typedef {object} CallsResult
 * @property {string} system
 * @property {{ operation: string, calls: number }[]} operations
 * @property {number} identical Upstream calls for {@link identicalRequests} of one caller at the same time.
 * @property {string | undefined} deviates What of its answers is not as the schema says.
 * @property {boolean} exactIds Whether ids past 2^53 keep their digits.
 */

/** How many identical requests one caller makes at the same time. */
export const identicalRequests = 200;

/** Long enough for all of them to arrive while the first is not answered yet. */
const identicalLatencyMs = 500;

const wideAccount = { reasons: 50, agents: 0, wideIds: true };

/**
 * How often each system calls the upstream, and whether ids past 2^53 come through.
 *
 * @param {readonly Service[]} services
 * @param {readonly Operation[]} operations
 * @param {Upstream} upstream
 * @returns {Promise<CallsResult[]>}
 */
export async function countUpstreamCalls(services, operations, upstream) {
  const results = [];
  for (const service of services) {
    const ofOperations = [];
    for (const operation of operations) {
      const { request } = await service.check(operation);
      const calls = await upstream.callsDuring(() => service.connections.send(request));
      ofOperations.push({ operation: operation.title, calls });
    }
    results.push({
      system: service.system.name,
      operations: ofOperations,
      identical: await countIdentical(service, operations[0], upstream),
      deviates: service.system.deviates,
      exactIds: await keepsWideIds(service),
    });
  }
  return results;
}

/**
 * @param {Service} service
 * @param {Operation} operation
 * @param {Upstream} upstream
 */
async function countIdentical(service, operation, upstream) {
  const { request } = await service.check(operation);
  const connections = new Connections(service.process.origin, identicalRequests);
  await upstream.setLatency(identicalLatencyMs);
  const calls = await upstream.callsDuring(() =>
    Promise.all(
      Array.from({ length: identicalRequests }, () => connections.send(request, "Bearer the-same")),
    ),
  );
  await upstream.setLatency(0);
  await connections.close();
  return calls;
}

/** @param {Service} service */
async function keepsWideIds({ system, connections }) {
  const { body } = await connections.send(system.requestOf(readReasons(wideAccount)));
  const answer = body.toString();
  return reasonsOf(wideAccount).every(({ id }) => answer.includes(id));
}
