import { figure, mebibytes } from "../report/figures.js";

/** @import { Table } from "../report/table.js" */
/** @import { LiveResults } from "./run.js" */
/** @import { AudienceResult } from "./measure.js" */

/**
 * @param {LiveResults} results
 * @returns {Table[]}
 */
export function liveTables(results) {
  return [costTable(results), memoryTable(results), delayTable(results), peerTable(results)];
}

/**
 * @param {LiveResults} results
 * @returns {Table}
 */
function costTable({ subscriptions }) {
  return {
    name: "live-cost",
    columns: [
      "subscribers",
      "accounts and tokens",
      "connections",
      "CPU ms to subscribe",
      "CPU ms per second",
      "events/s",
      "upstream calls/min",
      "if they polled",
    ],
    rows: subscriptions.map((result) => [
      ...audienceCells(result),
      String(result.audience.connections),
      figure(result.openCpuMs / result.audience.clients),
      figure(addedCpuMs(result)),
      figure(result.sample.events / result.seconds),
      String(Math.round(result.callsPerMinute)),
      String(callsOfPollers(result)),
    ]),
  };
}

/**
 * @param {LiveResults} results
 * @returns {Table}
 */
function memoryTable({ subscriptions }) {
  return {
    name: "live-memory",
    columns: [
      "subscribers",
      "accounts and tokens",
      "resident MiB, without",
      "with",
      "when they have left",
      "heap MiB, without",
      "with",
      "when they have left",
    ],
    rows: subscriptions.map((result) => {
      const states = [result.memoryBefore, result.memory, result.memoryAfter];
      return [
        ...audienceCells(result),
        ...states.map(({ rss }) => mebibytes(rss)),
        ...states.map(({ heapUsed }) => mebibytes(heapUsed)),
      ];
    }),
  };
}

/**
 * @param {LiveResults} results
 * @returns {Table}
 */
function delayTable({ subscriptions, writes }) {
  const rows = subscriptions.map(({ audience, sample: { p50Ms, p99Ms } }) => ({
    what: `a change at the upstream, ${audience.clients} subscribers, ${accounts(audience.accounts)}`,
    ...{ intervalMs: audience.intervalMs, p50Ms, p99Ms },
  }));
  const ofWrites = {
    what: `a write through the gateway, ${writes.subscribers} subscribers, one account`,
    ...writes,
  };
  return {
    name: "live-delay",
    columns: ["ms to the event, from", "p50", "p99", "interval"],
    rows: [...rows, ofWrites].map(({ what, p50Ms, p99Ms, intervalMs }) => [
      what,
      figure(p50Ms),
      figure(p99Ms),
      String(intervalMs),
    ]),
  };
}

/**
 * @param {LiveResults} results
 * @returns {Table}
 */
function peerTable({ subscriptions, polling }) {
  const counts = polling.map(({ audience }) => audience.clients);
  const beside = subscriptions.filter(
    ({ audience }) => audience.accounts === 1 && counts.includes(audience.clients),
  );
  const rows = [...beside, ...polling].sort((a, b) => a.audience.clients - b.audience.clients);
  return {
    name: "live-peers",
    columns: [
      "clients of one account",
      "CPU ms per second",
      "upstream calls/min",
      "KiB/s to clients",
      "ms from a change to the client: p50",
      "p99",
    ],
    rows: rows.map((result) => [
      `${result.audience.clients}, ${result.audience.kind === "polling" ? "Apollo Client polls" : "subscriptions"}, ${result.system}`,
      figure(addedCpuMs(result)),
      String(Math.round(result.callsPerMinute)),
      figure(result.sample.bytes / 1024 / result.seconds),
      figure(result.sample.p50Ms),
      figure(result.sample.p99Ms),
    ]),
  };
}

/** @param {AudienceResult} result */
function audienceCells({ audience }) {
  return [String(audience.clients), String(audience.accounts)];
}

/** @param {AudienceResult} result */
function addedCpuMs({ cpuMs, idleCpuMs }) {
  return Math.max(0, cpuMs - idleCpuMs);
}

/**
 * Two calls a poll: agents, and their reasons.
 *
 * @param {AudienceResult} result
 */
function callsOfPollers({ audience: { clients, intervalMs } }) {
  return Math.round((2 * clients * 60_000) / intervalMs);
}

/** @param {number} count */
function accounts(count) {
  return count === 1 ? "one account" : `${count} accounts`;
}
