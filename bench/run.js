import { countCallsOfAliases } from "./measures/aliases.js";
import { measureColdStart } from "./measures/cold-start.js";
import { measureCpu, warmUp } from "./measures/cpu.js";
import { measureLatency } from "./measures/latency.js";
import { measureMemory, measureRest } from "./measures/memory.js";
import { measureScaling } from "./measures/scaling.js";
import { countUpstreamCalls } from "./measures/upstream-calls.js";
import { readAgents, readReason, readReasons } from "./operations.js";
import { Service } from "./systems/service.js";
import { Upstream } from "./upstream/upstream.js";

/** @import { Options, MeasureName } from "./options.js" */
/** @import { System } from "./systems/systems.js" */

const mostColdStarts = 5;

/**
 * What was measured; what was not is missing.
 *
 * @typedef {object} Results
 * @property {import("./measures/cpu.js").LoadResult[]} [cpu]
 * @property {import("./measures/latency.js").LatencyResult[]} [latency]
 * @property {import("./measures/upstream-calls.js").CallsResult[]} [calls]
 * @property {import("./measures/aliases.js").AliasResult[]} [aliases]
 * @property {import("./measures/scaling.js").ScalingResult[]} [scaling]
 * @property {import("./measures/memory.js").MemoryResult[]} [memory]
 * @property {import("./measures/cold-start.js").ColdStartResult[]} [coldStart]
 */

/**
 * Starts the upstream and the systems, measures, and ends them.
 *
 * @param {readonly System[]} systems
 * @param {Options} options
 * @returns {Promise<Results>}
 * @throws {Error} where a system answers wrongly
 */
export async function run(systems, options) {
  const operations = [readReasons(), readAgents(), readReason()];
  const upstream = await Upstream.start();
  const setting = { upstream: upstream.origin, operation: operations[0], connections: options.concurrency };
  const services = await Promise.all(systems.map((system) => Service.start(system, setting)));
  const gateways = services.filter(({ system }) => system.isGateway);
  const inLine = services.filter(({ system }) => system.isGateway || system.name === "proxy");
  const wants = (/** @type {MeasureName[]} */ ...names) => names.some((name) => options.only.includes(name));

  /** @type {Results} */
  const results = {};
  const restBytes = await measureRest(services);
  if (wants("cpu", "latency", "memory")) await warmUp(services, operations, options);
  if (wants("cpu")) results.cpu = await measureCpu(services, operations, options);
  if (wants("latency")) results.latency = await measureLatency(services, operations, upstream, options);
  if (wants("memory")) results.memory = await measureMemory(services, restBytes);
  if (wants("calls")) {
    results.calls = await countUpstreamCalls(services, operations, upstream);
    results.aliases = await countCallsOfAliases(gateways, upstream);
  }
  if (wants("scaling")) results.scaling = await measureScaling(inLine, options);
  await Promise.all(services.map((service) => service.stop()));

  if (wants("cold-start")) {
    results.coldStart = await measureColdStart(systems, setting, Math.min(options.rounds, mostColdStarts));
  }
  await upstream.stop();
  return results;
}
