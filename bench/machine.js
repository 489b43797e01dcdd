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
    packages: { "status-reason-gateway": readPackage("../package.json").version, ...bench.dependencies },
  };
}

/**
 * @param {string} path
 * @returns {{ version: string, dependencies: Record<string, string> }}
 */
function readPackage(path) {
  return JSON.parse(readFileSync(join(import.meta.dirname, path), "utf8"));
}
