import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import { Connections } from "../load/connections.js";
import { whenListening } from "../load/when-listening.js";
import { MeasuredProcess } from "../process/measured-process.js";
import { nowMs } from "../process/clock.js";
import { Worker } from "../process/worker.js";

/** @import { Memory, NodeProgram } from "../process/measured-process.js" */
/** @import { Audience } from "./audience.js" */
/** @import { Sample } from "./clients/arrivals.js" */

/**
 * What serving an audience came to.
 *
 * @typedef {object} AudienceResult
 * @property {string} system
 * @property {Audience} audience
 * @property {number} idleCpuMs CPU time of the process per second, before anybody came.
 * @property {number} cpuMs The same with the audience, the idle time not taken off.
 * @property {Memory} memoryBefore After a garbage collection, as the others.
 * @property {Memory} memory
 * @property {Memory} memoryAfter When all have left.
 * @property {number} openCpuMs CPU time from before the first came until each had its first event.
 * @property {number} callsPerMinute To the upstream.
 * @property {number} seconds That were measured.
 * @property {Sample} sample
 */

/**
 * What serves an audience.
 *
 * @typedef {{ name: string, program: Omit<NodeProgram, "name"> }} LiveSystem
 */

/** Before anybody comes, in intervals. */
const idleIntervals = 0.4;
/** An event is on its way to many for a while. In intervals. */
const eventIntervals = 0.15;
/** Between the leaving of all and the measurement of what stays, in intervals. */
const leftIntervals = 0.3;
/** A change of the upstream comes at random within these. */
const [leastGapMs, mostGapMs] = [500, 1500];

/**
 * Measures a system, started anew, from an event to another one some polls later, so that each measurement has the same
 * number of polls.
 *
 * @param {LiveSystem} system
 * @param {Audience} audience
 * @param {number} polls
 * @returns {Promise<AudienceResult>}
 */
export async function measureAudience(system, audience, polls) {
  const { intervalMs } = audience;
  const upstream = Worker.start(join(import.meta.dirname, "upstream/main.js"));
  const clients = Worker.start(join(import.meta.dirname, "clients/main.js"));
  const gateway = await startSystem(system, await upstream.ask("origin"), audience);

  // What a start leaves to do is done meanwhile.
  await pause(idleIntervals * intervalMs);
  const memoryBefore = await gateway.memory();
  const idleCpuMs = await cpuPerSecond(gateway, () => pause(idleIntervals * intervalMs));
  const openCpuMs = await cpuOf(gateway, () => clients.ask("open", { origin: gateway.origin, audience }));
  const changes = keepChanging(upstream);
  const settle = async () => {
    await clients.ask("next");
    await pause(eventIntervals * intervalMs);
  };
  await settle();
  await clients.ask("reset");
  const startMs = nowMs();
  const callsBefore = await upstream.ask("calls");
  const cpuMs = await cpuPerSecond(gateway, async () => {
    for (let poll = 1; poll <= polls; poll += 1) await settle();
  });
  const calls = (await upstream.ask("calls")) - callsBefore;
  const seconds = (nowMs() - startMs) / 1000;
  const sample = await clients.ask("sample", changes.atMs);
  await changes.stop();
  const memory = await gateway.memory();
  await clients.ask("close");
  await pause(leftIntervals * intervalMs);
  const memoryAfter = await gateway.memory();

  await Promise.all([gateway.stop(), clients.stop(), upstream.stop()]);
  if (sample.silent > 0) throw new Error(`${sample.silent} of ${audience.clients} clients got nothing`);
  return {
    ...{ system: system.name, audience, idleCpuMs, openCpuMs, cpuMs, memoryBefore, memory, memoryAfter },
    ...{ callsPerMinute: (60 * calls) / seconds, seconds, sample },
  };
}

/**
 * @param {LiveSystem} system
 * @param {string} upstream its origin
 * @param {Audience} audience
 */
async function startSystem({ name, program }, upstream, { clients, connections, intervalMs }) {
  const process = await MeasuredProcess.start({
    ...program,
    name,
    env: {
      ...program.env,
      UPSTREAM: upstream,
      LIVE_INTERVAL_MS: String(intervalMs),
      LIVE_MAX_SUBSCRIPTIONS: String(clients),
      LIVE_MAX_PER_TOKEN: String(clients),
      MAX_CONNECTIONS: String(connections + 100),
    },
  });
  const connection = new Connections(process.origin, 1);
  await whenListening(connection, { method: "GET", path: "/livez" });
  await connection.close();
  return process;
}

/**
 * @param {MeasuredProcess} process
 * @param {() => Promise<unknown>} work
 */
async function cpuOf(process, work) {
  const beforeMs = await process.cpuMs();
  await work();
  return (await process.cpuMs()) - beforeMs;
}

/**
 * @param {MeasuredProcess} process
 * @param {() => Promise<unknown>} work
 */
async function cpuPerSecond(process, work) {
  const startMs = nowMs();
  const cpuMs = await cpuOf(process, work);
  return (1000 * cpuMs) / (nowMs() - startMs);
}

/**
 * Makes the upstream change again and again.
 *
 * @param {Worker} upstream
 * @returns {{ atMs: readonly number[], stop: () => Promise<void> }} `atMs` tells when each change was
 */
function keepChanging(upstream) {
  let isOver = false;
  /** @type {number[]} */
  const atMs = [];
  const changing = (async () => {
    while (!isOver) {
      atMs.push(await upstream.ask("change"));
      await pause(leastGapMs + Math.random() * (mostGapMs - leastGapMs));
    }
  })();
  return {
    atMs,
    stop: () => {
      isOver = true;
      return changing;
    },
  };
}
