import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { accountOfBody } from "../operations.js";
import { proxyData } from "./proxy/answer.js";
import { tailcallData } from "./tailcall/answer.js";
import { accountHeader } from "./tailcall/config.js";
import { tailcallProgram } from "./tailcall/program.js";

/** @import { Request } from "../load/connections.js" */
/** @import { Operation } from "../operations.js" */
/** @import { NativeProgram, NodeProgram } from "../process/measured-process.js" */

/**
 * Something that serves the operations.
 *
 * @typedef {object} System
 * @property {string} name
 * @property {boolean} isGateway Whether it is this gateway, and not one of its peers.
 * @property {Omit<NodeProgram, "name"> | Omit<NativeProgram, "name">} program
 * @property {string} [deviates] What of its answers is not as the schema says; nothing where it is missing.
 * @property {(operation: Operation) => Request} requestOf
 * @property {(operation: Operation, answer: any) => unknown} dataOf GraphQL's `data` of an answer.
 */

const here = import.meta.dirname;
const root = join(here, "../..");

const builtHere = join(root, "bundle/main.js");

/** The peers: each is set up as its own documentation says for production. */
const peers = ["plain", "mercurius", "yoga", "apollo-rest"];

/** @type {System} */
const proxy = {
  name: "proxy",
  isGateway: false,
  program: { script: join(here, "proxy/main.js") },
  requestOf: ({ calls: [first] }) => first,
  dataOf: proxyData,
};

/**
 * The systems of a run, the one that all are compared with first.
 *
 * @param {object} choice
 * @param {readonly string[]} [choice.names] only these
 * @param {readonly string[]} [choice.gateways] builds of the gateway: their bundle/main.js
 * @returns {System[]}
 */
export function chooseSystems({ names, gateways = [builtHere] }) {
  const all = [
    proxy,
    ...gateways.map((path) => gateway(resolve(path), gateways.length)),
    ...peers.map(peer),
    ...tailcall(),
  ];
  const isWanted = (/** @type {System} */ { name }) =>
    names === undefined || names.includes(name.split("@")[0]);
  const unknown = names?.filter((name) => !all.some((system) => system.name.split("@")[0] === name)) ?? [];
  if (unknown.length > 0) throw new Error(`no such system: ${unknown.join(", ")}`);
  return all.filter(isWanted);
}

/** This gateway as `npm start` runs it. */
export function thisGateway() {
  return gateway(builtHere, 1);
}

/**
 * The gateway by one of its builds.
 *
 * @param {string} script
 * @param {number} builds how many there are
 * @returns {System & { program: Omit<NodeProgram, "name"> }}
 */
function gateway(script, builds) {
  const build = script.split("/").at(-3);
  return {
    ...overGraphQL(builds === 1 ? "gateway" : `gateway@${build}`),
    isGateway: true,
    program: { script, execArgv: startOptions() },
  };
}

/** Node's options as `npm start` has them. */
function startOptions() {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return scripts.start.split(" ").filter((/** @type {string} */ word) => word.startsWith("--"));
}

/**
 * @param {string} name
 * @returns {System}
 */
function peer(name) {
  return { ...overGraphQL(name), program: { script: join(here, name, "main.js") } };
}

/**
 * Tailcall, where it can run.
 *
 * @returns {System[]}
 */
function tailcall() {
  const program = tailcallProgram();
  if (program === undefined) return [];
  const system = overGraphQL("tailcall");
  const requestOf = (/** @type {Operation} */ operation) => ({
    ...system.requestOf(operation),
    headers: [accountHeader, accountOfBody(operation)],
  });
  const deviates = "ids are numbers, states in the upstream's spelling";
  return [{ ...system, program, deviates, requestOf, dataOf: tailcallData }];
}

/**
 * @param {string} name
 * @returns {Omit<System, "program">}
 */
function overGraphQL(name) {
  return {
    name,
    isGateway: false,
    requestOf: ({ body }) => ({ method: "POST", path: "/graphql", body }),
    dataOf: (_operation, answer) => answer.data,
  };
}
