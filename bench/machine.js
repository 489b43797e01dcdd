import { readFileSync } from "node:fs";
import { availableParallelism, cpus, totalmem } from "node:os";
import { join } from "node:path";

/**
 * What the figures depend on.
 *
 * @typedef {object} Machine
 * @property {string} date
 * @property {string} cpu
 * @property {number} cores
 * @property {number} memoryGib
 * @property {string} system
 * @property {string} node
 * @property {Record<string, string>} packages The versions of this gateway and of what the peers are made of.
 */

/** @returns {Machine} */
export function describeMachine() {
  const bench = readPackage("package.json");
  return {
    date: new Date().toISOString().slice(0, 10),
    cpu: cpus()[0]?.model.trim() ?? process.arch,
    cores: availableParallelism(),
    memoryGib: Math.round(totalmem() / 2 ** 30),
    system: process.platform,
    node: process.version,
    packages: {
      "status-reason-gateway": readPackage("../package.json").version,
      ...bench.dependencies,
      ...bench.optionalDependencies,
    },
  };
}

/**
 * A machine as the documents tell of it.
 *
 * @param {Machine} machine
 * @param {string} load what was done on it
 */
export function machineText({ date, cpu, cores, memoryGib, node, packages }, load) {
  const versions = Object.entries(packages).map(([name, version]) => `${name} ${version}`);
  return [
    `Measured on ${date}: ${cpu}, ${cores} cores, ${memoryGib} GiB, Node ${node}.`,
    load,
    `${versions.join(", ")}.`,
  ].join("\n");
}

/**
 * @param {string} path
 * @returns {{ version: string, dependencies: Record<string, string>, optionalDependencies?: Record<string, string> }}
 */
function readPackage(path) {
  return JSON.parse(readFileSync(join(import.meta.dirname, path), "utf8"));
}
